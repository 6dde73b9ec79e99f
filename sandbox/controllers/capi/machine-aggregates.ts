import { conditionOf, said } from "./conditions.ts";
import type { Said } from "./conditions.ts";
import { allOf } from "./messages.ts";
import type { Source } from "./messages.ts";
import { textAt } from "./read.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { countVersions } from "./versions.ts";

/** `MachinesReady` of an owner of Machines. */
export function machinesReady(machines: readonly Unstructured[]): Said {
  return allOf("MachinesReady", "Ready", sourcesOf(machines, "Ready"), {
    good: "Ready",
    bad: "NotReady",
    unknown: "ReadyUnknown",
    none: said("MachinesReady", "True", "NoReplicas"),
  });
}

/** `MachinesUpToDate` of an owner of Machines; those that do not say yet are left out. */
export function machinesUpToDate(machines: readonly Unstructured[]): Said {
  const counted = machines.filter((each) => conditionOf(each, "UpToDate") !== undefined);
  return allOf("MachinesUpToDate", "UpToDate", sourcesOf(counted, "UpToDate"), {
    good: "UpToDate",
    bad: "NotUpToDate",
    unknown: "UpToDateUnknown",
    none: said("MachinesUpToDate", "True", "NoReplicas"),
  });
}

/** `RollingOut`: how many Machines are not up to date, and why. */
export function rollingOut(outdated: readonly Unstructured[], wanted: string): Said {
  if (outdated.length === 0) return said("RollingOut", "False", "NotRollingOut");
  const versions = [...new Set(outdated.map((each) => textAt(each, "spec", "version") ?? ""))].sort();
  const lines = versions.map((version) => `* Version ${version}, ${wanted} required`);
  const head = `Rolling out ${String(outdated.length)} not up-to-date replicas`;
  return said("RollingOut", "True", "RollingOut", [head, ...lines].join("\n"));
}

/** `ScalingUp` or `ScalingDown` with the reasons that hold it up. */
export function scaling(
  type: "ScalingUp" | "ScalingDown",
  from: number,
  to: number,
  blocked: readonly string[] = [],
): Said {
  const happens = type === "ScalingUp" ? from < to : from > to;
  if (!happens) return said(type, "False", `Not${type}`);
  const head = `Scaling ${type === "ScalingUp" ? "up" : "down"} from ${String(from)} to ${String(to)} replicas`;
  if (blocked.length === 0) return said(type, "True", type, head);
  return said(
    type,
    "True",
    type,
    [`${head} is blocked because:`, ...blocked.map((each) => `* ${each}`)].join("\n"),
  );
}

/** Replica counters of an owner of Machines. */
export function machineCounters(machines: readonly Unstructured[]): Record<string, unknown> {
  const count = (type: string): number =>
    machines.filter((each) => conditionOf(each, type)?.status === "True").length;
  const versions = countVersions(machines.map((each) => textAt(each, "spec", "version") ?? ""));
  return {
    replicas: machines.length,
    readyReplicas: count("Ready"),
    availableReplicas: count("Available"),
    upToDateReplicas: count("UpToDate"),
    versions: versions.length > 0 ? versions : undefined,
  };
}

function sourcesOf(machines: readonly Unstructured[], type: string): Source[] {
  return machines.map((each) => ({
    kind: "Machine",
    name: each.metadata.name,
    condition: conditionOf(each, type),
  }));
}

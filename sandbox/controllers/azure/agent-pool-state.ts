import type { Durations } from "../../contracts.ts";
import { isTrueAt, numberAt, textAt } from "../capi/read.ts";
import { compareVersions } from "../capi/versions.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { reconciling, refused } from "./aso-condition.ts";
import { poolAheadOfControlPlane, quotaExceeded } from "./azure-error.ts";
import { running, updating } from "./managed-cluster-state.ts";
import type { AzureStep, Elapsed } from "./managed-cluster-state.ts";

/** An agent pool's step with the number of its machines. */
export interface AgentPoolStep extends AzureStep {
  count: number | undefined;
}

/** What Azure does with an agent pool now. */
export function agentPoolStep(input: {
  object: Unstructured;
  managedCluster: Unstructured | undefined;
  location: string;
  quotaExceeded: boolean;
  stuck: boolean;
  durations: Durations;
  elapsed: Elapsed;
}): AgentPoolStep {
  const { object, managedCluster, durations, elapsed } = input;
  const version = textAt(object, "status", "currentOrchestratorVersion");
  const count = numberAt(object, "status", "count");
  const controlPlane = textAt(managedCluster, "status", "currentKubernetesVersion");
  const wanted = textAt(object, "spec", "orchestratorVersion") ?? version ?? controlPlane;
  const target = targetCount(object);
  const now = { version, count };
  // Azure takes nothing for a pool while its cluster is made or upgraded.
  if (controlPlane === undefined || wanted === undefined)
    return { ...now, ready: reconciling, provisioningState: undefined };
  if (input.quotaExceeded) {
    const pool = { vmSize: textAt(object, "spec", "vmSize") ?? "", count: target, location: input.location };
    return { ...now, ready: refused(quotaExceeded(pool)), provisioningState: "Failed" };
  }
  if (compareVersions(wanted, controlPlane) > 0) {
    const state = version === undefined ? "Failed" : "Succeeded";
    return {
      ...now,
      ready: refused(poolAheadOfControlPlane(wanted, controlPlane)),
      provisioningState: state,
    };
  }
  const done: AgentPoolStep = {
    ready: { status: "True" },
    provisioningState: "Succeeded",
    version: wanted,
    count: target,
  };
  const during = (step: AzureStep, outcome = done): AgentPoolStep =>
    step === outcome ? outcome : { ...step, count };
  if (version === undefined || count === undefined)
    return during(running("Creating", durations.nodeMs, elapsed("create"), version, done));
  if (version !== wanted) {
    const time = input.stuck ? 0 : elapsed(`upgrade ${wanted}`);
    const upgraded: AgentPoolStep = { ...done, count };
    return during(running("Upgrading", durations.upgradeMs, time, version, upgraded), upgraded);
  }
  if (count !== target)
    return during(running("Scaling", durations.nodeMs, elapsed(`scale ${String(target)}`), version, done));
  return during(updating(object, elapsed, done, version));
}

/** `count`, or within the autoscaler's bounds what is there. */
function targetCount(object: Unstructured): number {
  const count = numberAt(object, "spec", "count");
  if (!isTrueAt(object, "spec", "enableAutoScaling")) return count ?? 1;
  const min = numberAt(object, "spec", "minCount") ?? 1;
  const max = numberAt(object, "spec", "maxCount") ?? Math.max(min, count ?? 1);
  return Math.min(max, Math.max(min, numberAt(object, "status", "count") ?? count ?? min));
}

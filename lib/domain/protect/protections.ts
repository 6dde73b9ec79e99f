import { valueAt } from "../repository/loose.ts";
import type { Comparison } from "./comparison.ts";
import type { Finding, ProtectRule } from "./finding.ts";
import { isIgnored, isProtected, settingsOf } from "./flux-settings.ts";
import { grouped } from "./grouped.ts";
import { isKustomization, type Applied } from "./applied.ts";
import { managementHome } from "./read-fleet.ts";
import { same } from "./same.ts";
import { idOf, listOf, quoted } from "./words.ts";

interface Loss {
  one: Applied;
  cluster: string | null;
  rule: ProtectRule;
  severity: Finding["severity"];
  /** After "Merging would". */
  does: (what: string) => string;
}

/** What shields guarded objects from Flux and would no longer do so. */
export function findLostProtections(compared: Comparison): Finding[] {
  const losses = [
    ...compared.guarded.flatMap(({ one, cluster }) => {
      const [after] = compared.head.applied.get(one.key) ?? [];
      return after ? lossesOf(one, after).map((loss) => ({ ...loss, one, cluster })) : [];
    }),
    ...findUnprotected(compared),
  ];
  const key = ({ rule, cluster, does }: Loss): string => `${rule} ${cluster ?? ""} ${does("")}`;
  return grouped(losses, key).map(([{ rule, severity, cluster, one, does }, all]) => {
    const named = all.map(({ one: own }) => quoted(own));
    const of = cluster === null || one.kind === "Cluster" ? "" : ` of cluster ${cluster}`;
    return {
      rule,
      severity,
      cluster,
      object: idOf(one),
      sentence: `Merging would ${does(listOf(named) + of)}.`,
    };
  });
}

type Kind = Omit<Loss, "one" | "cluster">;

function lossesOf(before: Applied, after: Applied): Kind[] {
  if (before.object === after.object) return [];
  const found: Kind[] = [];
  const lost = (does: (what: string) => string): void => {
    found.push({ rule: "protection-lost", severity: "fail", does });
  };
  if (isProtected(before.object) && !isProtected(after.object))
    lost((what) => `take the protection against pruning (prune: disabled) off ${what}`);
  if (isKustomization(before)) {
    const [was, is] = [settingsOf(before.object), settingsOf(after.object)];
    if (was.keepsOnDeletion && !is.keepsOnDeletion && !was.suspend)
      lost((what) => `let ${what} delete all it applies when it goes (deletionPolicy ${is.deletionPolicy})`);
    if (!was.prune && is.prune) lost((what) => `let ${what} prune what leaves Git (prune: true)`);
  }
  if (before.kind.startsWith("ValidatingAdmissionPolicy") && changesSpec(before, after))
    lost((what) => `change ${what}, which refuses deletions`);
  if (!isIgnored(before.object) && isIgnored(after.object))
    found.push({ rule: "paused", severity: "warn", does: (what) => `make Flux pass over ${what}` });
  return found;
}

const changesSpec = (before: Applied, after: Applied): boolean =>
  !same(valueAt(before.object, "spec"), valueAt(after.object, "spec"));

/** New objects of the gravest roles that come without what shields them. */
function findUnprotected({ base, head, roleOf, clusterOf }: Comparison): Loss[] {
  return [...head.applied.values()].flatMap(([one]) => {
    if (one === undefined || base.applied.has(one.key) || one.within !== null || isProtected(one.object))
      return [];
    const role = roleOf(one);
    const grave = role === "cluster" || role === "namespace" || role === "control plane" || role === "pool";
    if (!grave || one.target !== managementHome) return [];
    const does = (what: string): string => `add ${what} without protection against pruning (prune: disabled)`;
    return [{ one, cluster: clusterOf(one), rule: "unprotected" as const, severity: "warn" as const, does }];
  });
}

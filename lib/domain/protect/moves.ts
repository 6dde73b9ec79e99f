import type { Comparison } from "./comparison.ts";
import type { Finding } from "./finding.ts";
import { grouped } from "./grouped.ts";
import type { FleetKustomization } from "./applied.ts";
import { idOf, listOf, quoted } from "./words.ts";

const labels = (owners: readonly FleetKustomization[]): string => listOf(owners.map(({ label }) => label));

/**
 * Guarded objects that another Kustomization takes over, or that two would then fight over: which of the two acts
 * first decides whether the object is pruned and made anew.
 */
export function findMoves(compared: Comparison): Finding[] {
  const taken = compared.guarded.flatMap(({ one, cluster }) => {
    const before = (compared.base.applied.get(one.key) ?? []).map(({ owner }) => owner);
    const after = (compared.head.applied.get(one.key) ?? []).map(({ owner }) => owner);
    const fresh = after.filter(({ id }) => before.every((owner) => owner.id !== id));
    if (fresh.length === 0) return [];
    const kept = before.filter(({ id }) => after.some((owner) => owner.id === id));
    const [rule, owners] = kept.length > 0 ? (["doubled", kept] as const) : (["moved", before] as const);
    return [{ one, cluster, rule, from: labels(owners), to: labels(fresh) }];
  });
  const key = (item: (typeof taken)[number]): string =>
    `${item.rule} ${item.cluster ?? ""} ${item.from} ${item.to}`;
  return grouped(taken, key).map(([first, all]): Finding => {
    const what = listOf(all.map(({ one }) => quoted(one)));
    const of = first.cluster === null || first.one.kind === "Cluster" ? "" : ` of cluster ${first.cluster}`;
    const sentence =
      first.rule === "doubled"
        ? `Merging would make Kustomizations ${first.from} and ${first.to} fight over ${what}${of}; whichever goes first deletes it.`
        : `Merging would move ${what}${of} from Kustomization ${first.from} to ${first.to}, and ${first.from} may delete it first.`;
    const { rule, cluster } = first;
    return { rule, cluster, object: idOf(first.one), sentence, severity: "fail" };
  });
}

import type { Comparison } from "./comparison.ts";
import type { Finding } from "./finding.ts";
import { settingsOf } from "./flux-settings.ts";

/**
 * Kustomizations that built something and would build nothing: Flux calls that Ready and prunes all of it. Where
 * guarded objects go, their removal says so already.
 */
export function findEmptied({ base, head, clusterOf, guarded }: Comparison): Finding[] {
  return [...base.kustomizations.values()].flatMap((before): Finding[] => {
    const after = head.kustomizations.get(before.id);
    if (!after?.build.ok || after.build.objects.length > 0 || before.build.objects.length === 0) return [];
    if (guarded.some(({ one }) => one.owner === before && !head.applied.has(one.key))) return [];
    const self = base.selves.get(before.id);
    const count = before.build.objects.length;
    const objects = `${String(count)} object${count === 1 ? "" : "s"}`;
    const { prune, suspend } = settingsOf(after.object);
    const result =
      prune && !suspend ? "all that are not protected would be pruned" : "they would be left unmanaged";
    return [
      {
        rule: "emptied",
        cluster: self ? clusterOf(self) : null,
        object: `Kustomization/${before.build.namespace}/${before.build.name}`,
        sentence: `Merging would empty Kustomization ${before.label}: of its ${objects} none is built any more, and ${result}.`,
        severity: "fail",
      },
    ];
  });
}

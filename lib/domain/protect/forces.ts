import type { Comparison } from "./comparison.ts";
import type { Finding } from "./finding.ts";
import { isForced, settingsOf } from "./flux-settings.ts";
import type { Applied, FleetKustomization } from "./applied.ts";
import { same } from "./same.ts";
import { idOf, quoted } from "./words.ts";

/**
 * `force` deletes and recreates an object whose change is not allowed, protected or not; nothing but this check
 * stops it (gitops-reference §3.7). Refused where it is new or where anything it reaches changes.
 */
export function findForces(compared: Comparison): Finding[] {
  return [...forcedKustomizations(compared), ...forcedObjects(compared)];
}

function forcedKustomizations({ base, head, clusterOf }: Comparison): Finding[] {
  return [...head.kustomizations.values()].flatMap((after): Finding[] => {
    if (!settingsOf(after.object).force) return [];
    const before = base.kustomizations.get(after.id);
    const isNew = before === undefined || !settingsOf(before.object).force;
    const changes = isNew || !sameObjects(before, after);
    const self = head.selves.get(after.id);
    const sentence = changes
      ? `Merging would let Kustomization ${after.label} delete and recreate what it applies (spec.force: true).`
      : `Kustomization ${after.label} may delete and recreate what it applies: remove spec.force.`;
    return [
      {
        rule: "force",
        cluster: self ? clusterOf(self) : null,
        object: `Kustomization/${after.build.namespace}/${after.build.name}`,
        sentence,
        severity: changes ? "fail" : "warn",
      },
    ];
  });
}

const sameObjects = (before: FleetKustomization, after: FleetKustomization): boolean =>
  same(before.build.objects, after.build.objects);

function forcedObjects({ base, head, clusterOf }: Comparison): Finding[] {
  return [...head.applied.values()].flatMap((all): Finding[] => {
    const one = all.find(({ object }) => isForced(object));
    if (!one) return [];
    const [before] = base.applied.get(one.key) ?? [];
    const unchanged = before !== undefined && same(before.object, one.object);
    return [
      {
        rule: "force",
        cluster: clusterOf(one),
        object: idOf(one),
        sentence: `Merging would let Flux delete and recreate ${quoted(one)}${ofCluster(one, clusterOf(one))} (annotation force: enabled).`,
        severity: unchanged || one.kind === "Job" ? "warn" : "fail",
      },
    ];
  });
}

const ofCluster = (one: Applied, cluster: string | null): string =>
  cluster === null || one.kind === "Cluster" ? "" : ` of cluster ${cluster}`;

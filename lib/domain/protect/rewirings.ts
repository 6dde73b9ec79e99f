import { textAt, valueAt } from "../repository/loose.ts";
import type { Comparison } from "./comparison.ts";
import type { Finding } from "./finding.ts";
import { settingsOf } from "./flux-settings.ts";
import type { Applied, FleetKustomization } from "./applied.ts";
import { same } from "./same.ts";
import { idOf, quoted } from "./words.ts";

/** References whose change puts another machine park under the same name. */
const references: { kinds: RegExp; fields: string[] }[] = [
  { kinds: /^Cluster$/, fields: ["controlPlaneRef", "infrastructureRef"] },
  { kinds: /^Machine(Pool|Deployment)$/, fields: ["clusterName"] },
];

/** Guarded objects that stay by name and become something else: other references, another owner, another place. */
export function findRewirings(compared: Comparison): Finding[] {
  return compared.guarded.flatMap(({ one, cluster }): Finding[] => {
    const [after] = compared.head.applied.get(one.key) ?? [];
    if (!after || after.object === one.object) return [];
    const changed = changedReference(one, after);
    if (changed === null) return [];
    const of = cluster === null || one.kind === "Cluster" ? "" : ` of cluster ${cluster}`;
    const sentence = `Merging would give ${quoted(one)}${of} another ${changed}: what it stands on now would be left or replaced.`;
    return [{ rule: "rewired", cluster, object: idOf(one), sentence, severity: "fail" }];
  });
}

function changedReference(before: Applied, after: Applied): string | null {
  const differs = (...path: string[]): boolean => {
    const was = valueAt(before.object, ...path);
    const is = valueAt(after.object, ...path);
    return was !== undefined && !same(reduced(was), reduced(is));
  };
  if (before.within !== null) return ["owner", "location"].find((field) => differs("spec", field)) ?? null;
  const entry = references.find(
    ({ kinds }) => before.group === "cluster.x-k8s.io" && kinds.test(before.kind),
  );
  const field = entry?.fields.find((one) => differs("spec", one));
  if (field !== undefined) return field;
  // A MachinePool is its infrastructure object; a MachineDeployment rolls to a new template.
  const pool = before.kind === "MachinePool" && before.group === "cluster.x-k8s.io";
  return pool && differs("spec", "template", "spec", "infrastructureRef") ? "infrastructureRef" : null;
}

/** A reference without its API version: v1beta1 writes `apiVersion`, v1beta2 `apiGroup`. */
function reduced(value: unknown): unknown {
  const kind = textAt(value, "kind");
  return kind === null ? value : [kind, textAt(value, "name")];
}

/** Kustomizations whose switches, place or content move in a way that a build does not show. */
export function findTurnedKustomizations(compared: Comparison): Finding[] {
  return [...compared.base.kustomizations.values()].flatMap((before) => {
    const after = compared.head.kustomizations.get(before.id);
    if (!after?.object || !before.object || before.object === after.object) return [];
    const self = compared.base.selves.get(before.id);
    const cluster = self ? compared.clusterOf(self) : null;
    const { namespace, name } = before.build;
    return turnsOf(before, after).map((turn) => ({
      ...turn,
      cluster,
      object: `Kustomization/${namespace}/${name}`,
    }));
  });
}

type Turn = Pick<Finding, "rule" | "sentence" | "severity">;

/** Fields that change what is applied and that no build here takes into account. */
const unbuilt = ["patches", "components", "commonMetadata"];

function turnsOf(before: FleetKustomization, after: FleetKustomization): Turn[] {
  const turns: Turn[] = [];
  const specOf = (one: FleetKustomization, field: string): unknown => valueAt(one.object, "spec", field);
  if (!same(specOf(before, "kubeConfig"), specOf(after, "kubeConfig")))
    turns.push({
      rule: "retargeted",
      severity: "fail",
      sentence:
        before.target === after.target
          ? `Merging would make Kustomization ${before.label} reach ${before.target} with another kubeconfig, perhaps another cluster's.`
          : `Merging would make Kustomization ${before.label} apply and prune on ${after.target} instead of ${before.target}.`,
    });
  const blind = unbuilt.find((field) => !same(specOf(before, field), specOf(after, field)));
  if (blind !== undefined)
    turns.push({
      rule: "unjudged",
      severity: "fail",
      sentence: `What merging would prune cannot be told: spec.${blind} of Kustomization ${before.label} changes, which is not built here.`,
    });
  if (!settingsOf(before.object).suspend && settingsOf(after.object).suspend)
    turns.push({
      rule: "paused",
      severity: "warn",
      sentence: `Merging would suspend Kustomization ${before.label}: nothing it applies is updated or repaired until it is resumed.`,
    });
  return turns;
}

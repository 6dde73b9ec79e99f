import { listAt, textAt, valueAt } from "../repository/loose.ts";
import { isProtected } from "./flux-settings.ts";
import { isKustomization, keyOf, type Applied } from "./applied.ts";
import type { Fleet } from "./read-fleet.ts";

/** Why an object may not vanish, the gravest first. */
export const roles = [
  "cluster",
  "namespace",
  "control plane",
  "pool",
  "infrastructure",
  "Kustomization",
  "source",
  "definition",
  "needed",
  "protected",
] as const;
export type Role = (typeof roles)[number];

/** What a tree's objects need of one another, by key. */
export interface Needs {
  sources: ReadonlySet<string>;
  others: ReadonlySet<string>;
}

const capi = "cluster.x-k8s.io";
const isCapiGroup = (group: string): boolean => group === capi || group.endsWith(`.${capi}`);
const poolKinds = new Set(["MachinePool", "MachineDeployment", "MachineSet", "ManagedClustersAgentPool"]);

/** The role of an object among those this check guards; null where its going is nobody's harm. */
export function roleOf(one: Applied, needs: Needs): Role | null {
  const { group, kind } = one;
  if (group === capi && kind === "Cluster") return "cluster";
  if (group === "" && kind === "Namespace") return "namespace";
  if (isKustomization(one)) return "Kustomization";
  if (group === "apiextensions.k8s.io" && kind === "CustomResourceDefinition") return "definition";
  if (needs.sources.has(one.key)) return "source";
  if (needs.others.has(one.key)) return "needed";
  // Templates are replaced by new ones under new names: that is how machines are rolled.
  if (isCapiGroup(group) && kind.endsWith("Template")) return null;
  if (isCapiGroup(group) && kind.endsWith("ControlPlane")) return "control plane";
  if (poolKinds.has(kind) || (isCapiGroup(group) && kind.endsWith("MachinePool"))) return "pool";
  if ((isCapiGroup(group) && kind !== "MachineHealthCheck") || group.endsWith(".azure.com"))
    return "infrastructure";
  return isProtected(one.object) ? "protected" : null;
}

/** Which objects a fleet's Kustomizations, sources and Cluster API objects name. */
export function needsOf(fleet: Fleet): Needs {
  const sources = new Set<string>();
  const others = new Set<string>();
  const add = (one: Applied, kind: string | null, name: string | null): void => {
    if (kind === null || name === null) return;
    others.add(keyOf({ ...one, group: "", kind, name }));
  };
  for (const { object, build } of fleet.kustomizations.values()) {
    const key = sourceKeyOf({ home: build.home, namespace: build.namespace, object });
    if (key !== null) sources.add(key);
  }
  for (const one of [...fleet.applied.values()].flat()) {
    if (isKustomization(one) || one.group === "source.toolkit.fluxcd.io") {
      const spec = valueAt(one.object, "spec");
      add(one, "Secret", textAt(spec, "secretRef", "name"));
      add(one, "Secret", textAt(spec, "decryption", "secretRef", "name"));
      add(one, "Secret", textAt(spec, "kubeConfig", "secretRef", "name"));
      add(one, "ServiceAccount", textAt(spec, "serviceAccountName"));
      for (const entry of listAt(spec, "postBuild", "substituteFrom")) {
        if (valueAt(entry, "optional") !== true) add(one, textAt(entry, "kind"), textAt(entry, "name"));
      }
    }
    if (isCapiGroup(one.group) && one.within === null) addTemplates(one, others);
  }
  return { sources, others };
}

/** Key of the source a Kustomization reads; null where it names none. */
export function sourceKeyOf(of: { home: string; namespace: string; object: unknown }): string | null {
  const ref = valueAt(of.object, "spec", "sourceRef");
  const kind = textAt(ref, "kind");
  const name = textAt(ref, "name");
  if (kind === null || name === null) return null;
  const namespace = textAt(ref, "namespace") ?? of.namespace;
  return keyOf({ target: of.home, group: "source.toolkit.fluxcd.io", kind, namespace, name });
}

/** Templates an object names: `{apiGroup|apiVersion, kind, name}` anywhere in its spec. */
function addTemplates(one: Applied, into: Set<string>): void {
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const kind = textAt(value, "kind");
    const name = textAt(value, "name");
    const group = textAt(value, "apiGroup") ?? textAt(value, "apiVersion")?.split("/")[0];
    if (kind?.endsWith("Template") === true && name !== null && group !== undefined)
      into.add(keyOf({ ...one, group, kind, name }));
    Object.values(value).forEach(walk);
  };
  walk(valueAt(one.object, "spec"));
}

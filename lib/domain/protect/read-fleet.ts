import { textAt, valueAt } from "../repository/loose.ts";
import type { BuiltObject, BuiltPath } from "./built-path.ts";
import {
  groupOfVersion,
  isKustomization,
  keyOf,
  kustomizationId,
  type Applied,
  type FleetKustomization,
} from "./applied.ts";
import { embeddedIn } from "./embedded-in.ts";

/** Everything a tree applies, and who applies it. */
export interface Fleet {
  kustomizations: Map<string, FleetKustomization>;
  applied: Map<string, Applied[]>;
  /** The object each Kustomization is, by its id. */
  selves: Map<string, Applied>;
}

export const managementHome = "management";
/** Brings the builds of a tree together: each object with its owner, each Kustomization with its own object. */
export function readFleet(builds: readonly BuiltPath[]): Fleet {
  const fleet: Fleet = { kustomizations: new Map(), applied: new Map(), selves: new Map() };
  for (const build of builds) {
    const id = `${build.home}/${build.namespace}/${build.name}`;
    const self = fleet.selves.get(id);
    const object = self?.object ?? ownObject(build);
    const kustomization: FleetKustomization = {
      id,
      label: `${build.namespace}/${build.name}${build.home === managementHome ? "" : ` on ${build.home}`}`,
      target: targetOf(object) ?? build.home,
      object,
      owner: self?.owner ?? null,
      build,
    };
    fleet.kustomizations.set(id, kustomization);
    for (const one of appliedBy(kustomization)) {
      fleet.applied.set(one.key, [...(fleet.applied.get(one.key) ?? []), one]);
      if (isKustomization(one) && !fleet.selves.has(kustomizationId(one)))
        fleet.selves.set(kustomizationId(one), one);
    }
  }
  return fleet;
}

/** The root applies itself (gotk-sync.yaml of `flux bootstrap`). */
const ownObject = (build: BuiltPath): BuiltObject | null =>
  build.objects.find(
    ({ apiVersion, kind, metadata }) =>
      isKustomization({ group: groupOfVersion(apiVersion), kind }) &&
      metadata.name === build.name &&
      (metadata.namespace ?? "default") === build.namespace,
  ) ?? null;

const targetOf = (object: BuiltObject | null): string | null =>
  textAt(object, "spec", "kubeConfig", "secretRef", "name")?.replace(/-kubeconfig$/, "") ?? null;

function appliedBy(owner: FleetKustomization): Applied[] {
  return owner.build.objects.flatMap((object) => {
    const one = identify(owner, object);
    return [one, ...embeddedIn(one)];
  });
}

/** Kinds that `targetNamespace` leaves alone. */
const clusterScoped =
  /^(Namespace|CustomResourceDefinition|APIService|ClusterRole.*|ValidatingAdmission.*|.*WebhookConfiguration|PersistentVolume|StorageClass|PriorityClass|IngressClass)$/;

/** Kinds that keep their name under `namePrefix` and `nameSuffix`. */
const keepsName = /^(Namespace|CustomResourceDefinition|APIService)$/;

/** An object's identity once the Kustomization's own targetNamespace, namePrefix and nameSuffix are applied. */
function identify(owner: FleetKustomization, object: BuiltObject): Applied {
  const { kind, metadata } = object;
  const spec = valueAt(owner.object, "spec");
  const affix = (field: string): string => (keepsName.test(kind) ? "" : (textAt(spec, field) ?? ""));
  const given = metadata.namespace ?? "";
  const one = {
    target: owner.target,
    group: groupOfVersion(object.apiVersion),
    kind,
    namespace: clusterScoped.test(kind) ? "" : (textAt(spec, "targetNamespace") ?? given),
    name: `${affix("namePrefix")}${metadata.name}${affix("nameSuffix")}`,
  };
  return { ...one, key: keyOf(one), object, owner, within: null };
}

import type { BuiltObject, BuiltPath } from "./built-path.ts";

/** A Kustomization and where what it builds is applied. */
export interface FleetKustomization {
  id: string;
  /** As people read it: `prod-weu-3/cluster`, `flux-system/apps on prod-weu-3`. */
  label: string;
  /** Cluster its objects land on. */
  target: string;
  /** Its own object; null for a root that is not in Git. */
  object: BuiltObject | null;
  /** The Kustomization that applies it; null for the root. */
  owner: FleetKustomization | null;
  build: BuiltPath;
}

/** An object of the fleet with the Kustomization that applies it. */
export interface Applied {
  /** Target, group, kind, namespace and name: versions come and go, the object stays. */
  key: string;
  target: string;
  group: string;
  kind: string;
  namespace: string;
  name: string;
  object: BuiltObject;
  owner: FleetKustomization;
  /** The object it is written inside of (an agent pool in `spec.resources`); null for one of its own. */
  within: string | null;
}

const fluxGroup = "kustomize.toolkit.fluxcd.io";

export const groupOfVersion = (apiVersion: string): string =>
  apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";

export const keyOf = (one: Pick<Applied, "target" | "group" | "kind" | "namespace" | "name">): string =>
  `${one.target} ${one.group}/${one.kind} ${one.namespace}/${one.name}`;

export const isKustomization = ({ group, kind }: Pick<Applied, "group" | "kind">): boolean =>
  group === fluxGroup && kind === "Kustomization";

/** Id of the Kustomization an object is. */
export const kustomizationId = ({ target, namespace, name }: Applied): string =>
  `${target}/${namespace}/${name}`;

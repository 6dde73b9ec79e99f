import { kindsOf } from "../../domain/kinds.ts";
import { readFluxObject } from "../../domain/flux/read-flux-object.ts";
import type { KubeObject } from "../../domain/kube-object.ts";
import type { ObjectCache } from "./object-cache.ts";
import type { SourceRevision } from "./project-flux.ts";

/** Every Flux kind the engine follows, as the one table of kinds has them. */
export const fluxKinds = kindsOf("management").flatMap(({ reader, kind }) =>
  reader === "flux" ? [kind] : [],
);

const sourceKinds = new Set([
  "GitRepository",
  "OCIRepository",
  "HelmRepository",
  "Bucket",
  "ExternalArtifact",
]);

/** Artifact revisions of the sources on one API server. */
export function sourceRevisionFrom(cache: ObjectCache): SourceRevision {
  return ({ kind, namespace, name }) => {
    const source = sourceKinds.has(kind) ? cache.find(kind, namespace, name) : null;
    return source ? readFluxObject(source).revision : null;
  };
}

export function isSource(kind: string): boolean {
  return sourceKinds.has(kind);
}

export function allFlux(cache: ObjectCache): KubeObject[] {
  return fluxKinds.flatMap((kind) => cache.all(kind));
}

import { randomUUID } from "node:crypto";
import { projectFluxObject } from "../../domain/flux/project-flux-object.ts";
import type { KubeObject } from "../../domain/kube-object.ts";
import type { FluxData } from "../../db/inventory-rows.ts";
import { withHash } from "./hash-of.ts";
import { fluxKey } from "./records.ts";

export interface FluxOwner {
  managementClusterId: string;
  clusterId: string | null;
  home: "management" | "workload";
}

/** Artifact revision of a source, where we know it. */
export type SourceRevision = (source: { kind: string; namespace: string; name: string }) => string | null;

/** Rows of Flux objects on one API server; `previous` keeps what is settled and the ids. */
export function projectFlux(
  objects: readonly KubeObject[],
  owner: FluxOwner,
  {
    previous,
    sourceRevision,
    now,
  }: { previous: ReadonlyMap<string, FluxData>; sourceRevision: SourceRevision; now: Date },
): FluxData[] {
  return objects.map((object) => {
    const { namespace, name } = object.metadata;
    const key = fluxKey({ home: owner.home, kind: object.kind, namespace, name });
    const known = previous.get(key);
    // Another uid is another object: nothing of the former one is settled any more.
    const memory = known?.uid === object.metadata.uid ? known : null;
    const draft = projectFluxObject(object, { previous: memory, sourceRevision: null, now });
    const revision = draft.source ? sourceRevision(draft.source) : null;
    const facts =
      revision === null
        ? draft
        : projectFluxObject(object, { previous: memory, sourceRevision: revision, now });
    return withHash({
      id: known?.id ?? randomUUID(),
      ...owner,
      homeKey: owner.home === "management" ? "management" : (owner.clusterId ?? ""),
      kind: facts.kind,
      apiVersion: facts.apiVersion,
      namespace: facts.namespace,
      name: facts.name,
      uid: facts.uid,
      role: facts.role,
      sync: facts.sync,
      moving: facts.moving,
      reason: facts.reason,
      message: facts.message,
      since: facts.since,
      blockedBy: facts.blockedBy,
      suspended: facts.suspended,
      path: facts.path,
      sourceKind: facts.source?.kind ?? null,
      sourceNamespace: facts.source?.namespace ?? null,
      sourceName: facts.source?.name ?? null,
      dependsOn: facts.dependsOn,
      revision: facts.revision,
      attemptedRevision: facts.attemptedRevision,
      sha: facts.sha,
      intervalSeconds: facts.intervalSeconds === null ? null : Math.round(facts.intervalSeconds),
      appliedAt: facts.appliedAt,
      inventory: facts.inventory,
      details: facts.details,
      requestedAt: facts.requestedAt,
      handledAt: facts.handledAt,
      hash: "",
    });
  });
}

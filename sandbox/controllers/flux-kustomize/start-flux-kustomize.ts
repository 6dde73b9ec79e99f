import type { Connection, Running } from "../../contracts.ts";
import { kubectlPath } from "../../../scripts/tools.ts";
import { concernsReconciler } from "../flux/flux-change.ts";
import { fluxKinds } from "../flux/flux-kinds.ts";
import { startController } from "../runtime/controller.ts";
import { EventRecorder } from "../runtime/event-recorder.ts";
import type { Change } from "../runtime/informer.ts";
import { Informers } from "../runtime/informers.ts";
import { kinds } from "../runtime/kind.ts";
import { KubeClient } from "../runtime/kube-client.ts";
import { keyOf } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { ClusterAccess } from "./cluster-access.ts";
import { FIELD_MANAGER } from "./field-manager.ts";
import type { KustomizeContext } from "./kustomize-context.ts";
import { reconcileKustomization } from "./reconcile-kustomization.ts";
import { DEPENDENTS, dependenciesOf, rankOf } from "./reconcile-rank.ts";
import { RemoteAccesses } from "./remote-access.ts";

/** What flux-kustomize needs. */
export interface FluxKustomizeOptions {
  connection: Connection;
  /** Kustomizations at once; a health check holds one until its timeout. 4 unless told, as Flux. */
  concurrency?: number;
  /** How soon unmet dependencies are looked at again; 5 s unless told (Flux: 30 s). */
  requeueDependencyMs?: number;
  /** How often health is looked at while waiting; 1 s unless told (Flux: 5 s). */
  healthPollMs?: number;
  /** End a health check when its object or source changes, as Flux's CancelHealthCheckOnNewRevision; off. */
  cancelsHealthChecks?: boolean;
  /** How long an answer of a remote cluster may take; 15 s unless told. */
  remoteTimeoutMs?: number;
  /** `namespace/name` of a Secret with age keys, for Kustomizations that name none (`--sops-age-secret`). */
  sopsAgeSecret?: string;
  /** Path of kubectl, whose `kustomize` builds; found by scripts/tools.ts unless told. */
  kubectl?: string;
  /** Keeps builds over a restart. */
  cacheDir?: string;
  /** Watches shared with other controllers of the same API server. */
  informers?: Informers;
}

const WATCHED = { labelSelector: "reconcile.fluxcd.io/watch=Enabled" };

/** A small kustomize-controller for one API server. */
export async function startFluxKustomize(options: FluxKustomizeOptions): Promise<Running> {
  const tool = { kubectl: options.kubectl ?? (await kubectlPath()), cacheDir: options.cacheDir };
  const client = new KubeClient(options.connection, { fieldManager: FIELD_MANAGER });
  const informers = options.informers ?? new Informers(client);
  const events = new EventRecorder(client, FIELD_MANAGER);
  const accesses = new RemoteAccesses(new ClusterAccess(client), options.remoteTimeoutMs ?? 15_000);
  const abort = new AbortController();
  const kustomizations = informers.of(fluxKinds.kustomization);
  kustomizations.addIndex("source", (object) => [sourceOf(object)]);
  kustomizations.addIndex("from", fromOf);
  kustomizations.addIndex(DEPENDENTS, dependenciesOf);
  const context: KustomizeContext = {
    ...{ client, events, accesses, tool, kustomizations },
    sources: informers.of(fluxKinds.gitRepository),
    settled: new Map(),
    requeueDependencyMs: options.requeueDependencyMs ?? 5_000,
    healthPollMs: options.healthPollMs ?? 1_000,
    sopsAgeSecret: options.sopsAgeSecret,
    cancelsHealthChecks: options.cancelsHealthChecks ?? false,
    signal: abort.signal,
  };
  const readers = (object: Unstructured): string[] =>
    kustomizations.byIndex("from", `${object.kind}/${keyOf(object)}`).map(keyOf);
  const controller = startController({
    client,
    informers,
    name: "flux-kustomize",
    watches: [
      {
        kind: fluxKinds.kustomization,
        map: (object, change) => (concernsReconciler(change) ? [keyOf(object)] : []),
      },
      {
        kind: fluxKinds.gitRepository,
        map: (object, change) =>
          hasNewRevision(change)
            ? kustomizations.byIndex("source", `${object.kind}/${keyOf(object)}`).map(keyOf)
            : [],
      },
      { kind: kinds.configMap, options: WATCHED, map: readers },
      { kind: kinds.secret, options: WATCHED, map: readers },
    ],
    reconcile: (key) => reconcileKustomization(context, key),
    concurrency: options.concurrency,
    rank: (key) => rankOf(kustomizations, key),
  });
  return {
    close: async () => {
      abort.abort();
      await controller.close();
      if (options.informers === undefined) await informers.close();
      await events.flush();
      await accesses.close();
      await client.close();
    },
  };
}

interface Reference {
  kind?: string;
  name?: string;
  namespace?: string;
}

function sourceOf(object: Unstructured): string {
  const { sourceRef } = (object.spec ?? {}) as { sourceRef?: Reference };
  const namespace = sourceRef?.namespace ?? object.metadata.namespace ?? "";
  return `${sourceRef?.kind ?? ""}/${namespace}/${sourceRef?.name ?? ""}`;
}

function fromOf(object: Unstructured): string[] {
  const { postBuild } = (object.spec ?? {}) as { postBuild?: { substituteFrom?: Reference[] } };
  const namespace = object.metadata.namespace ?? "";
  return (postBuild?.substituteFrom ?? []).map(
    (each) => `${each.kind ?? ""}/${namespace}/${each.name ?? ""}`,
  );
}

function hasNewRevision({ type, object, old }: Change): boolean {
  return type !== "deleted" && revisionOf(object) !== (old === undefined ? undefined : revisionOf(old));
}

function revisionOf(object: Unstructured): string | undefined {
  return (object.status as { artifact?: { revision?: string } } | undefined)?.artifact?.revision;
}

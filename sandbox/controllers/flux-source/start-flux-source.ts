import { createHash } from "node:crypto";
import type { Connection, Running } from "../../contracts.ts";
import { startController } from "../runtime/controller.ts";
import { EventRecorder } from "../runtime/event-recorder.ts";
import { Informers } from "../runtime/informers.ts";
import { KubeClient } from "../runtime/kube-client.ts";
import { keyOf } from "../runtime/objects.ts";
import { ArtifactStore } from "./artifact-store.ts";
import { concernsReconciler } from "../flux/flux-change.ts";
import { fluxKinds } from "../flux/flux-kinds.ts";
import { answerHook, reconcileReceiver } from "./receiver.ts";
import { reconcileGitRepository } from "./reconcile-git-repository.ts";

/** What flux-source needs. */
export interface FluxSourceOptions {
  connection: Connection;
  /** Mirrors and tarballs; may be lost, they are fetched and built again. Unused when `store` is given. */
  dataDir?: string;
  /** A store shared with other clusters in this process; it is not closed with this controller. */
  store?: ArtifactStore;
  /** Port of the artifact server; 0 = any. Fix it where other processes keep artifact URLs over a restart. */
  port?: number;
  /** Whether artifact paths carry a prefix of this API server; needed when a store is shared. */
  prefixed?: boolean;
  /** Serve Receivers too (type github, generic, generic-hmac); on unless told. */
  receivers?: boolean;
  /** Names the watches are shared under with other controllers of the same API server. */
  informers?: Informers;
}

/** A running flux-source. */
export interface FluxSource extends Running {
  /** Base URL of artifacts and of `/hook/…`. */
  url: string;
  store: ArtifactStore;
}

/** A small source-controller (GitRepository) with a small notification-controller's Receiver beside it. */
export async function startFluxSource(options: FluxSourceOptions): Promise<FluxSource> {
  const store =
    options.store ?? (await new ArtifactStore(options.dataDir ?? ".flux-source").listen(options.port));
  const client = new KubeClient(options.connection, { fieldManager: "source-controller" });
  const informers = options.informers ?? new Informers(client);
  const events = new EventRecorder(client, "source-controller");
  const prefix = options.prefixed === true ? `${hash(options.connection.server)}/` : "";
  const sources = startController({
    client,
    informers,
    name: "flux-source",
    watches: [
      {
        kind: fluxKinds.gitRepository,
        map: (object, change) => (concernsReconciler(change) ? [keyOf(object)] : []),
      },
    ],
    reconcile: (key) => reconcileGitRepository({ client, store, events, prefix }, key),
    concurrency: 2,
  });
  const receivers =
    options.receivers === false ? undefined : startReceivers(options.connection, store, informers);
  return {
    url: store.url,
    store,
    close: async () => {
      await receivers?.close();
      await sources.close();
      if (options.informers === undefined) await informers.close();
      await events.flush();
      await client.close();
      if (options.store === undefined) await store.close();
    },
  };
}

function startReceivers(connection: Connection, store: ArtifactStore, informers: Informers): Running {
  const client = new KubeClient(connection, { fieldManager: "notification-controller" });
  const controller = startController({
    client,
    informers,
    name: "flux-receiver",
    watches: [
      {
        kind: fluxKinds.receiver,
        map: (object, change) => (concernsReconciler(change) ? [keyOf(object)] : []),
      },
    ],
    reconcile: (key) => reconcileReceiver(client, key),
    concurrency: 1,
  });
  const cache = controller.informer(fluxKinds.receiver);
  const unmount = store.mount((request, response) => answerHook(client, cache, request, response));
  return {
    close: async () => {
      unmount();
      await controller.close();
      await client.close();
    },
  };
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 10);
}

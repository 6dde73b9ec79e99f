import { kubeTime } from "../runtime/conditions.ts";
import type { EventRecorder } from "../runtime/event-recorder.ts";
import type { KubeClient } from "../runtime/kube-client.ts";
import { parseKey } from "../runtime/objects.ts";
import type { Handled } from "../runtime/work-queue.ts";
import type { ArtifactStore, StoredArtifact } from "./artifact-store.ts";
import { FLUX_FINALIZER, REQUESTED_AT, fluxKinds } from "../flux/flux-kinds.ts";
import { FetchError, credentialOf, fetchRevision, findRevision } from "./git-fetch.ts";
import { parseGitRepository } from "./git-repository.ts";
import type { GitRepository } from "./git-repository.ts";
import { parseGoDuration } from "../flux/go-duration.ts";
import type { ResolvedReference } from "./resolve-reference.ts";
import { StatusWriter } from "../flux/status-writer.ts";

/** What reconciling a GitRepository needs. */
export interface SourceContext {
  client: KubeClient;
  store: ArtifactStore;
  events: EventRecorder;
  /** Put before artifact paths on the shared server, so that equal names on two API servers do not meet. */
  prefix: string;
}

/** Reconciles one GitRepository the way source-controller does; throws FetchError to be retried with backoff. */
export async function reconcileGitRepository(context: SourceContext, key: string): Promise<Handled> {
  const { name, namespace } = parseKey(key);
  const object = await context.client.find(fluxKinds.gitRepository, name, namespace);
  if (object === undefined) return undefined;
  const finalizers = object.metadata.finalizers ?? [];
  if (object.metadata.deletionTimestamp !== undefined) {
    context.store.withdrawAll(`${context.prefix}gitrepository/${key}/`);
    await patchFinalizers(
      context,
      key,
      finalizers.filter((each) => each !== FLUX_FINALIZER),
    );
    return undefined;
  }
  if (!finalizers.includes(FLUX_FINALIZER)) {
    await patchFinalizers(context, key, [...finalizers, FLUX_FINALIZER]);
    return undefined;
  }
  const repository = parseGitRepository(object);
  if (repository.spec.suspend === true) return undefined;
  const status = new StatusWriter(context.client, fluxKinds.gitRepository, object);
  try {
    await reconcile(context, repository, status);
  } catch (error) {
    if (error instanceof FetchError) await fail(context, repository, status, error);
    throw error;
  }
  const intervalMs = parseGoDuration(repository.spec.interval) ?? 60_000;
  // Spread a little, as Flux's interval jitter does, so that fifty clusters do not poll in step.
  return { requeueAfterMs: intervalMs * (1 + Math.random() * 0.05) };
}

async function reconcile(
  context: SourceContext,
  repository: GitRepository,
  status: StatusWriter,
): Promise<void> {
  const { generation = 0 } = repository.object.metadata;
  const { artifact, observedGeneration } = repository.status;
  status.set({ observedGeneration });
  if (generation !== observedGeneration) {
    await progress(
      status,
      `processing object: new generation ${String(observedGeneration)} -> ${String(generation)}`,
    );
  } else {
    status.condition("Reconciling", "True", "Progressing", "reconciliation in progress");
    if (requestOf(repository) !== repository.status.lastHandledReconcileAt) await status.write();
  }
  const credential = await credentialOf(context.client, repository);
  if (artifact === undefined) await progress(status, "building artifact");
  const found = await findRevision(repository, credential);
  const isNew = found.revision !== artifact?.revision;
  if (isNew) {
    const news = `new upstream revision '${found.revision}'`;
    if (artifact !== undefined) status.condition("ArtifactOutdated", "True", "NewRevision", news);
    await progress(status, `building artifact: ${news}`);
  }
  await fetchRevision(context.store, repository, found, credential);
  const { url, ignore } = repository.spec;
  const stored = await context.store.artifact(url, found.sha, ignore);
  await succeed(context, repository, status, found, stored);
  if (isNew) await announce(context, repository, found, stored);
}

async function succeed(
  context: SourceContext,
  repository: GitRepository,
  status: StatusWriter,
  found: ResolvedReference,
  stored: StoredArtifact,
): Promise<void> {
  const { name, namespace = "", generation } = repository.object.metadata;
  const path = `gitrepository/${namespace}/${name}/${found.sha}.tar.gz`;
  const url = context.store.publish(`${context.prefix}${path}`, stored);
  const known = repository.status.artifact;
  const same = known?.revision === found.revision && known.digest === stored.digest;
  const message = `stored artifact for revision '${found.revision}'`;
  const handled = requestOf(repository);
  status
    .without("Reconciling", "ArtifactOutdated", "FetchFailed", "Stalled")
    .condition("Ready", "True", "Succeeded", message)
    .condition("ArtifactInStorage", "True", "Succeeded", message)
    .set({
      artifact: {
        digest: stored.digest,
        lastUpdateTime: same ? known.lastUpdateTime : kubeTime(),
        path,
        revision: found.revision,
        size: stored.size,
        url,
      },
      observedGeneration: generation,
      observedIgnore: repository.spec.ignore,
      ...(handled === undefined ? {} : { lastHandledReconcileAt: handled }),
    });
  await status.write();
}

async function fail(
  context: SourceContext,
  repository: GitRepository,
  status: StatusWriter,
  error: FetchError,
): Promise<void> {
  const handled = requestOf(repository);
  const reconciling = status.get("Reconciling")?.message ?? "reconciliation in progress";
  status
    .condition("Reconciling", "True", "ProgressingWithRetry", reconciling)
    .condition("Ready", "False", error.reason, error.message)
    .condition("FetchFailed", "True", error.reason, error.message);
  if (handled !== undefined) status.set({ lastHandledReconcileAt: handled });
  await status.write();
  context.events.record(repository.object, { type: "Warning", reason: error.reason, message: error.message });
}

async function announce(
  context: SourceContext,
  repository: GitRepository,
  found: ResolvedReference,
  stored: StoredArtifact,
): Promise<void> {
  const subject = await context.store.mirror(repository.spec.url).subject(found.sha);
  context.events.record(repository.object, {
    type: "Normal",
    reason: "NewArtifact",
    message: `stored artifact for commit '${subject}'`,
    annotations: {
      "source.toolkit.fluxcd.io/digest": stored.digest,
      "source.toolkit.fluxcd.io/revision": found.revision,
    },
  });
}

async function progress(status: StatusWriter, message: string): Promise<void> {
  status
    .without("Stalled")
    .condition("Reconciling", "True", "Progressing", message)
    .condition("Ready", "Unknown", "Progressing", message);
  await status.write();
}

function requestOf(repository: GitRepository): string | undefined {
  return repository.object.metadata.annotations?.[REQUESTED_AT];
}

async function patchFinalizers(context: SourceContext, key: string, finalizers: string[]): Promise<void> {
  const { name, namespace } = parseKey(key);
  await context.client.patch(fluxKinds.gitRepository, name, namespace, { metadata: { finalizers } });
}

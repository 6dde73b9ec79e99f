import { FLUX_FINALIZER, fluxKinds } from "../flux/flux-kinds.ts";
import { formatGoDuration } from "../flux/go-duration.ts";
import { StatusWriter } from "../flux/status-writer.ts";
import { artifactSchema } from "../flux-source/git-repository.ts";
import type { Artifact } from "../flux-source/git-repository.ts";
import { parseKey } from "../runtime/objects.ts";
import type { Handled } from "../runtime/work-queue.ts";
import { ArtifactNotFound } from "./artifact-tree.ts";
import { evaluatorsOf } from "./cel-evaluator.ts";
import { unmetDependency } from "./dependencies.ts";
import { KUSTOMIZE_GROUP } from "./field-manager.ts";
import { finalize, settleStatus } from "./finalize.ts";
import { parseKustomization } from "./kustomization.ts";
import type { Kustomization } from "./kustomization.ts";
import type { KustomizeContext } from "./kustomize-context.ts";
import { ReconcileError } from "./reconcile-error.ts";
import { ReconcileRun } from "./reconcile-run.ts";
import { runQuickly } from "./run-quickly.ts";
import { runStages } from "./run-stages.ts";
import type { SettledRun } from "./settled-run.ts";

/** Reconciles one Kustomization the way kustomize-controller does. */
export async function reconcileKustomization(context: KustomizeContext, key: string): Promise<Handled> {
  const { name, namespace } = parseKey(key);
  const object = await context.client.find(fluxKinds.kustomization, name, namespace);
  if (object === undefined) return undefined;
  const kustomization = parseKustomization(object);
  const status = new StatusWriter(context.client, fluxKinds.kustomization, object);
  status.set({ observedGeneration: kustomization.status.observedGeneration });
  const finalizers = object.metadata.finalizers ?? [];
  if (object.metadata.deletionTimestamp !== undefined) {
    context.settled.delete(object.metadata.uid ?? "");
    if (finalizers.includes(FLUX_FINALIZER)) await finalize(context, kustomization, status);
    return undefined;
  }
  if (!finalizers.includes(FLUX_FINALIZER)) {
    const metadata = { finalizers: [...finalizers, FLUX_FINALIZER] };
    await context.client.patch(fluxKinds.kustomization, name, namespace, { metadata });
    return undefined;
  }
  if (kustomization.spec.suspend) {
    await settleStatus(kustomization, status);
    return undefined;
  }
  return reconcile(context, kustomization, status);
}

async function reconcile(
  context: KustomizeContext,
  kustomization: Kustomization,
  status: StatusWriter,
): Promise<Handled> {
  const again = { requeueAfterMs: context.requeueDependencyMs };
  const artifact = findArtifact(context, kustomization);
  if (typeof artifact === "string") {
    status.condition("Ready", "False", "ArtifactFailed", artifact);
    await settleStatus(kustomization, status);
    return again;
  }
  const run = new ReconcileRun(context, kustomization, artifact, status);
  let settled: SettledRun;
  try {
    const evaluators = evaluatorsOf(kustomization.spec);
    const unmet = unmetDependency(kustomization, artifact, context.kustomizations);
    if (unmet !== undefined) {
      status.without("Reconciling").condition("Ready", "False", "DependencyNotReady", unmet);
      await settleStatus(kustomization, status);
      const wait = formatGoDuration(context.requeueDependencyMs);
      run.event("Normal", `Dependencies do not meet ready condition, retrying in ${wait}`);
      return again;
    }
    settled = (await runQuickly(run, evaluators)) ?? (await runStages(run, evaluators));
  } catch (error) {
    return failed(run, error);
  }
  await settleStatus(kustomization, status);
  const took = formatGoDuration(performance.now() - run.startedMs);
  const next = formatGoDuration(kustomization.intervalMs);
  run.event("Normal", `Reconciliation finished in ${took}, next run in ${next}`, {
    [`${KUSTOMIZE_GROUP}/commit_status`]: "update",
  });
  return { requeueAfterMs: settled.dueMs - performance.now() };
}

async function failed(run: ReconcileRun, error: unknown): Promise<Handled> {
  const { status, kustomization, context } = run;
  if (error instanceof ArtifactNotFound) {
    const wait = formatGoDuration(context.requeueDependencyMs);
    const message = `Source is not ready, artifact not found, retrying in ${wait}`;
    status.condition("Ready", "False", "ArtifactFailed", message);
    await settleStatus(kustomization, status);
    return { requeueAfterMs: context.requeueDependencyMs };
  }
  if (!(error instanceof ReconcileError)) throw error;
  status.condition("Ready", "False", error.reason, error.conditionMessage);
  if (error.isTerminal) {
    status.without("Reconciling").condition("Stalled", "True", error.reason, error.conditionMessage);
    await settleStatus(kustomization, status);
    run.event("Warning", `Reconciliation failed terminally due to configuration error: ${error.message}`);
    return undefined;
  }
  await settleStatus(kustomization, status);
  run.event("Warning", error.message);
  return { requeueAfterMs: kustomization.retryIntervalMs };
}

/** The source's artifact, or why there is none. */
function findArtifact(context: KustomizeContext, { spec, namespace }: Kustomization): Artifact | string {
  const { kind, name, namespace: elsewhere = namespace } = spec.sourceRef;
  const source = kind === fluxKinds.gitRepository.kind ? context.sources.get(name, elsewhere) : undefined;
  if (source === undefined) return `Source '${kind}/${elsewhere}/${name}' not found`;
  const status = (source.status ?? {}) as { artifact?: unknown };
  const artifact = artifactSchema.safeParse(status.artifact);
  if (artifact.success) return artifact.data;
  return `Source artifact not found, retrying in ${formatGoDuration(context.requeueDependencyMs)}`;
}

import { formatGoDuration } from "../flux/go-duration.ts";
import type { Unstructured } from "../runtime/objects.ts";
import type { Applied } from "./apply-objects.ts";
import type { StatusEvaluator } from "./cel-evaluator.ts";
import type { ClusterAccess } from "./cluster-access.ts";
import { healthCheckSignal } from "./health-check-signal.ts";
import { ReconcileError, messageOf } from "./reconcile-error.ts";
import type { ReconcileRun } from "./reconcile-run.ts";
import { waitForObjects } from "./wait-for-objects.ts";
import type { Awaited } from "./wait-for-objects.ts";

/**
 * Answers and waits for what `wait` or `healthChecks` name, telling so in the status. Throws ReconcileError
 * HealthCheckFailed when it is not healthy in time, HealthCheckCanceled when there is something newer to apply.
 */
export async function checkHealth(
  run: ReconcileRun,
  access: ClusterAccess,
  digest: string,
  applied: readonly Applied[],
  evaluators: readonly StatusEvaluator[],
): Promise<Awaited[]> {
  const { status, kustomization, context } = run;
  const targets = healthTargets(run, applied);
  if (targets.length === 0) {
    status.without("Healthy");
    return targets;
  }
  const wasHealthy = status.get("Healthy")?.status === "True";
  status.condition("Healthy", "Unknown", "Progressing", run.stageText("Running health checks"));
  await run.stage("Running health checks");
  const started = performance.now();
  const elapsed = (): string => formatGoDuration(performance.now() - started);
  const { timeoutMs } = kustomization;
  const watch = healthCheckSignal(run);
  try {
    await waitForObjects(access, targets, {
      timeoutMs,
      everyMs: context.healthPollMs,
      evaluators,
      signal: watch.signal,
    });
  } catch (error) {
    // Closing the controller is no verdict on anybody's health.
    context.signal.throwIfAborted();
    const reason = watch.signal.aborted ? "HealthCheckCanceled" : "HealthCheckFailed";
    status.condition("Healthy", "False", reason, messageOf(error));
    run.remember(digest, reason);
    throw new ReconcileError(reason, `health check failed after ${elapsed()}: ${messageOf(error)}`);
  } finally {
    watch.stop();
  }
  const message = `Health check passed in ${elapsed()}`;
  const isNewRevision = kustomization.status.lastAppliedRevision !== run.artifact.revision;
  const hasDrifted = applied.some((each) => each.action === "created" || each.action === "configured");
  if (!wasHealthy || (isNewRevision && hasDrifted)) run.event("Normal", message);
  status.condition("Healthy", "True", "Succeeded", message);
  await status.write();
  return targets;
}

function healthTargets({ kustomization }: ReconcileRun, applied: readonly Applied[]): Awaited[] {
  const { spec, name, namespace, object } = kustomization;
  const isSelf = (target: Unstructured): boolean =>
    target.kind === object.kind &&
    target.metadata.name === name &&
    target.metadata.namespace === namespace &&
    spec.kubeConfig === undefined;
  if (spec.wait) return applied.map((each) => each.object).filter((target) => !isSelf(target));
  return spec.healthChecks.map((check) => ({
    apiVersion: check.apiVersion ?? "v1",
    kind: check.kind,
    metadata: { name: check.name, namespace: check.namespace },
  }));
}

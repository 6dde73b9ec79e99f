import { formatGoDuration } from "../flux/go-duration.ts";
import { REQUESTED_AT } from "../flux/flux-kinds.ts";
import { artifactTree } from "./artifact-tree.ts";
import type { StatusEvaluator } from "./cel-evaluator.ts";
import { contentKey } from "./content-key.ts";
import { variablesOf } from "./post-build.ts";
import type { ReconcileRun } from "./reconcile-run.ts";
import { buildPath, finish } from "./run-stages.ts";
import type { SettledRun } from "./settled-run.ts";
import { areCurrent } from "./wait-for-objects.ts";

/** Timers are not exact; what is due this soon is due. */
const SOON_MS = 1_000;

/**
 * Takes over a new revision that changes nothing for its Kustomization, without building and applying again, as fifty
 * clusters' Kustomizations meet with every commit: health is looked at, drift is left to the interval. Undefined when
 * it could not, or when anything is wrong: nothing was written, the whole reconcile is to tell.
 */
export async function runQuickly(
  run: ReconcileRun,
  evaluators: readonly StatusEvaluator[],
): Promise<SettledRun | undefined> {
  const { status } = run;
  const settled = settledOf(run);
  if (settled === undefined) return undefined;
  const started = performance.now();
  if (!(await holdsStill(run, settled, evaluators))) return undefined;
  status.without("Stalled").set({ lastAttemptedRevision: run.artifact.revision });
  if (settled.checksHealth) {
    const message = `Health check passed in ${formatGoDuration(performance.now() - started)}`;
    status.condition("Healthy", "True", "Succeeded", message);
  } else status.without("Healthy");
  finish(run, settled.digest);
  return settled;
}

/** What is known of a Kustomization that is as it was, asked for nothing, and not due. */
function settledOf({ context, kustomization }: ReconcileRun): SettledRun | undefined {
  const { metadata } = kustomization.object;
  const settled = context.settled.get(metadata.uid ?? "");
  if (settled === undefined || settled.generation !== metadata.generation) return undefined;
  if (metadata.annotations?.[REQUESTED_AT] !== kustomization.status.lastHandledReconcileAt) return undefined;
  return settled.dueMs - performance.now() > SOON_MS ? settled : undefined;
}

async function holdsStill(
  run: ReconcileRun,
  settled: SettledRun,
  evaluators: readonly StatusEvaluator[],
): Promise<boolean> {
  const { context, kustomization, artifact } = run;
  // Without anything to look at, a cluster that is gone would not be noticed.
  if (kustomization.spec.kubeConfig !== undefined && settled.awaited.length === 0) return false;
  try {
    const tree = await artifactTree(artifact.url, artifact.digest);
    const path = buildPath(tree, kustomization.spec.path);
    const variables = await variablesOf(context.client, kustomization);
    if (contentKey(tree, path, kustomization, variables) !== settled.content) return false;
    if ((await context.accesses.of(kustomization)) !== settled.access) return false;
    return await areCurrent(settled.access, settled.awaited, evaluators);
  } catch {
    // The whole reconcile meets it again and says so in Flux's words.
    return false;
  }
}

import { posix } from "node:path";
import { checkHealth } from "./check-health.ts";
import { applyObjects } from "./apply-objects.ts";
import type { Applied } from "./apply-objects.ts";
import { artifactTree } from "./artifact-tree.ts";
import type { ArtifactTree } from "./artifact-tree.ts";
import type { StatusEvaluator } from "./cel-evaluator.ts";
import type { ClusterAccess } from "./cluster-access.ts";
import { DeleteError, changeSetText, deleteObjects } from "./delete-objects.ts";
import { contentKey } from "./content-key.ts";
import { entryOf, staleObjects } from "./inventory.ts";
import type { InventoryEntry } from "./kustomization.ts";
import { kustomizeBuild, randomRoot } from "./kustomize-build.ts";
import { postBuild, variablesOf } from "./post-build.ts";
import type { BuiltObjects } from "./post-build.ts";
import { prepareObjects } from "./prepare-objects.ts";
import { ReconcileError, messageOf } from "./reconcile-error.ts";
import type { ReconcileRun } from "./reconcile-run.ts";
import type { SettledRun } from "./settled-run.ts";
import { isLively } from "./still-kinds.ts";
import { orderedOf } from "./resource-order.ts";
import { decryptionOf } from "./sops-decrypt.ts";
import type { Awaited } from "./wait-for-objects.ts";

/**
 * Fetch, build, apply, prune, check health: the stages of one reconcile, with the status writes and texts of
 * kustomize-controller in its order. Throws ReconcileError, or ArtifactNotFound.
 */
export async function runStages(
  run: ReconcileRun,
  evaluators: readonly StatusEvaluator[],
): Promise<SettledRun> {
  const { status, artifact, kustomization, context } = run;
  const { uid = "", generation = 0 } = kustomization.object.metadata;
  context.settled.delete(uid);
  status.condition("Ready", "Unknown", "Progressing", "Reconciliation in progress");
  await run.stage("Fetching manifests");
  const tree = await artifactTree(artifact.url, artifact.digest);
  const path = buildPath(tree, kustomization.spec.path);
  status.set({ lastAttemptedRevision: artifact.revision });
  await run.stage("Building manifests");
  const access = await context.accesses.of(kustomization);
  const { built, content } = await build(run, tree, path);
  await run.stage("Detecting drift");
  const applied = await apply(run, access, built);
  const inventory = await prune(run, access, applied);
  status.set({ inventory: { entries: inventory } });
  const { digest } = built;
  const targets = await checkHealth(run, access, digest, applied, evaluators);
  finish(run, digest);
  const settled = {
    ...{ generation, access, content, digest },
    checksHealth: targets.length > 0,
    awaited: targets.filter((each) => isLively(each, evaluators)).map(withoutBody),
    // Spread a little, as Flux's interval jitter does.
    dueMs: performance.now() + kustomization.intervalMs * (1 + Math.random() * 0.05),
  };
  context.settled.set(uid, settled);
  return settled;
}

/** Says in the status and the history that the run's revision is applied. */
export function finish(run: ReconcileRun, digest: string): void {
  const { revision } = run.artifact;
  run.status
    .condition("Ready", "True", "ReconciliationSucceeded", `Applied revision: ${revision}`)
    .set({ lastAppliedRevision: revision });
  run.remember(digest, "ReconciliationSucceeded");
}

function withoutBody({ apiVersion, kind, metadata: { name, namespace } }: Awaited): Awaited {
  return { apiVersion, kind, metadata: { name, namespace } };
}

/** The path as the artifact names it; ReconcileError when it is not there. */
export function buildPath(tree: ArtifactTree, wanted: string): string {
  const path = posix.normalize(`/${wanted}`).slice(1).replace(/\/$/, "");
  if (path === "" || tree.directories.has(path)) return path;
  const where = posix.join(randomRoot(), path);
  throw new ReconcileError(
    "ArtifactFailed",
    `kustomization path not found: stat ${where}: no such file or directory`,
  );
}

async function build(
  run: ReconcileRun,
  tree: ArtifactTree,
  path: string,
): Promise<{ built: BuiltObjects; content: string }> {
  const { context, kustomization } = run;
  const text = await kustomizeBuild(context.tool, tree, path, kustomization.spec);
  const decrypt = await decryptionOf(context.client, kustomization, context.sopsAgeSecret);
  const variables = await variablesOf(context.client, kustomization);
  const built = await postBuild(text, variables, decrypt);
  return { built, content: contentKey(tree, path, kustomization, variables) };
}

async function apply(run: ReconcileRun, access: ClusterAccess, built: BuiltObjects): Promise<Applied[]> {
  const { kustomization } = run;
  try {
    const objects = prepareObjects(built.objects, kustomization);
    const applied = await applyObjects(access, objects, {
      timeoutMs: kustomization.timeoutMs,
      force: kustomization.spec.force,
    });
    const changed = applied.filter((each) => each.action === "created" || each.action === "configured");
    if (changed.length > 0) run.event("Normal", changeSetText(changed.map(changeOf)));
    return applied;
  } catch (error) {
    run.remember(built.digest, "ReconciliationFailed");
    throw new ReconcileError("ReconciliationFailed", `${messageOf(error)}\n`);
  }
}

function changeOf({ object, action }: Applied): { object: ReturnType<typeof orderedOf>; action: string } {
  return { object: orderedOf(object), action };
}

async function prune(
  run: ReconcileRun,
  access: ClusterAccess,
  applied: readonly Applied[],
): Promise<InventoryEntry[]> {
  const { kustomization } = run;
  const entries = applied.map((each) => entryOf(each.object));
  const stale = staleObjects(kustomization.status.inventory?.entries ?? [], entries);
  if (!kustomization.spec.prune || stale.length === 0) return entries;
  try {
    const changes = await deleteObjects(access, stale, kustomization);
    if (changes.length > 0) run.event("Normal", changeSetText(changes));
    return entries;
  } catch (error) {
    if (!(error instanceof DeleteError)) throw error;
    const left = new Set(error.failed);
    const old = (kustomization.status.inventory?.entries ?? []).filter((entry) =>
      staleObjects([entry], []).some((each) =>
        [...left].some((object) => object.name === each.name && object.kind === each.kind),
      ),
    );
    // What could not be pruned stays known, to be tried again.
    run.status.set({ inventory: { entries: [...entries, ...old] } });
    throw new ReconcileError("PruneFailed", messageOf(error));
  }
}

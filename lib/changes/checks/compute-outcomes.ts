import type { ChangeRecord } from "../../db/changes.ts";
import type { CheckOutcome } from "../../domain/change/check-outcome.ts";
import type { ClusterFacts } from "../../domain/repository/cluster-facts.ts";
import { clustersOfPaths } from "../../domain/repository/layout.ts";
import type { ChangeWorld } from "../change-world.ts";
import { factsIn, touchedClusters } from "../touched-clusters.ts";
import { approvalCheck, approvalStateOf } from "./approval-check.ts";
import { approvalsNeeded } from "./approvals-needed.ts";
import { buildCheck } from "./build-check.ts";
import { configProblems } from "./config-problems.ts";
import { policyCheck } from "./policy-check.ts";
import { approversOf, fleetConfigAt } from "./rule-inputs.ts";

interface CheckSubject {
  change: ChangeRecord;
  baseSha: string;
  /** Every open change, this one included. */
  open: readonly ChangeRecord[];
}

/** Everything the App has to say about one head on one base; writes nothing. */
export async function computeOutcomes(
  world: ChangeWorld,
  { change, baseSha, open }: CheckSubject,
): Promise<CheckOutcome[]> {
  const { mirror } = world;
  if (!(await mirror.has(change.headSha))) await mirror.fetch();
  if (!(await mirror.has(change.headSha))) return [];
  const merged = await mirror.mergeTree(baseSha, change.headSha);
  // In conflict there is no merged tree: the head alone is what can be judged.
  const after = merged.clean ? merged.tree : change.headSha;
  const paths = await mirror.changedPaths(baseSha, after);
  const touched = await touchedClusters(mirror, { paths, base: baseSha, head: after });
  const baseConfig = await fleetConfigAt(world, baseSha);
  const [config, problems, fleet, pending, approvers] = await Promise.all([
    fleetConfigAt(world, after),
    configProblems(mirror, after),
    fleetOf(world, after),
    pendingOf(world, { baseSha, open: open.filter(({ number }) => number < change.number) }),
    approversOf(world, baseConfig),
  ]);
  const needed = approvalsNeeded(baseConfig, paths, touched);
  return [
    await buildCheck(merged, world.buildTree),
    policyCheck({ config, problems, touched, fleet, pending, now: world.now() }),
    approvalCheck(approvalStateOf(change, { needed, approvers })),
  ];
}

/** Facts of every cluster of a tree. */
export async function fleetOf({ mirror }: Pick<ChangeWorld, "mirror">, sha: string): Promise<ClusterFacts[]> {
  const files = await mirror.readFiles(sha, "clusters");
  return clustersOfPaths(files.keys()).flatMap((name) => factsIn(files, name) ?? []);
}

/**
 * Clusters these pull requests would add to the base: their names, ranges and quota are taken. Of two that want one
 * name the older has it.
 */
export async function pendingOf(
  { mirror }: Pick<ChangeWorld, "mirror">,
  { baseSha, open }: { baseSha: string; open: readonly ChangeRecord[] },
): Promise<{ number: number; facts: ClusterFacts }[]> {
  const found: { number: number; facts: ClusterFacts }[] = [];
  for (const change of open.filter(({ clusters }) => clusters.length > 0)) {
    if (!(await mirror.has(change.headSha))) continue;
    const paths = change.files.map(({ path }) => path);
    const touched = await touchedClusters(mirror, { paths, base: baseSha, head: change.headSha });
    for (const { base, head } of touched)
      if (base === null && head !== null) found.push({ number: change.number, facts: head });
  }
  return found;
}

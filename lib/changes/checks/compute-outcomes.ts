import type { ChangeRecord } from "../../db/changes.ts";
import type { CheckOutcome } from "../../domain/change/check-outcome.ts";
import { clusterFile } from "../../domain/repository/layout.ts";
import type { Mirror } from "../../git/mirror.ts";
import type { ChangeWorld } from "../change-world.ts";
import { clustersAskedFor, clustersOfTree } from "../known-clusters.ts";
import { touchedClusters, type TouchedCluster } from "../touched-clusters.ts";
import { approvalCheck, approvalStateOf } from "./approval-check.ts";
import { approvalsNeeded } from "./approvals-needed.ts";
import { buildCheck } from "./build-check.ts";
import { configProblems } from "./config-problems.ts";
import { fleetPolicy } from "./fleet-policy.ts";
import { approversOf, fleetConfigAt, readFleetConfig } from "./rule-inputs.ts";

interface CheckSubject {
  change: ChangeRecord;
  baseSha: string;
  /** Every open change, this one included. */
  open: readonly ChangeRecord[];
}

/** Results by everything they depend on, per mirror. Time is no part of the key: after a while they are judged anew. */
const kept = new WeakMap<Mirror, Map<string, { at: number; outcomes: CheckOutcome[] }>>();
const keepMs = 5 * 60_000;

/** Everything the App has to say about one head on one base; writes nothing. The same question is answered once. */
export async function computeOutcomes(world: ChangeWorld, subject: CheckSubject): Promise<CheckOutcome[]> {
  const known = kept.get(world.mirror) ?? new Map<string, { at: number; outcomes: CheckOutcome[] }>();
  kept.set(world.mirror, known);
  const key = outcomesKey(
    subject,
    await approversOf(world, await fleetConfigAt(world.mirror, subject.baseSha)),
  );
  const entry = known.get(key);
  if (entry && Date.now() - entry.at < keepMs) return entry.outcomes;
  const outcomes = await compute(world, subject);
  if (known.size > 500) known.clear();
  if (outcomes.length > 0) known.set(key, { at: Date.now(), outcomes });
  return outcomes;
}

function outcomesKey({ change, baseSha, open }: CheckSubject, approvers: ReadonlySet<string> | null): string {
  const older = open
    .filter(({ number }) => number < change.number)
    .map(({ number, headSha }) => `${String(number)}:${headSha}`);
  const reviews = change.reviews.map(
    ({ forgeId, state, commitSha }) => `${String(forgeId)}:${state}:${commitSha ?? ""}`,
  );
  return [
    change.number,
    change.headSha,
    baseSha,
    change.requestedBy,
    ...older,
    "reviews",
    ...reviews,
    "approvers",
    ...(approvers ?? ["any"]),
  ].join(" ");
}

async function compute(world: ChangeWorld, { change, baseSha, open }: CheckSubject): Promise<CheckOutcome[]> {
  const { mirror } = world;
  if (!(await mirror.has(change.headSha))) await mirror.fetch();
  if (!(await mirror.has(change.headSha))) return [];
  const merged = await mirror.mergeTree(baseSha, change.headSha);
  // In conflict there is no merged tree: the head alone is what can be judged.
  const after = merged.clean ? merged.tree : change.headSha;
  const paths = await mirror.changedPaths(baseSha, after);
  const touched = await touchedClusters(mirror, { paths, base: baseSha, head: after });
  const baseConfig = await fleetConfigAt(mirror, baseSha);
  const approvers = await approversOf(world, baseConfig);
  const needed = approvalsNeeded(baseConfig, paths, touched);
  return [
    await buildCheck(merged, world.buildTree),
    await policyOf(world, {
      after,
      touched,
      baseSha,
      older: open.filter(({ number }) => number < change.number),
    }),
    approvalCheck(approvalStateOf(change, { needed, approvers })),
  ];
}

/** Of two pull requests that want one name, range or place in the quota, the older has it. */
async function policyOf(
  { mirror, ...world }: ChangeWorld,
  {
    after,
    touched,
    baseSha,
    older,
  }: { after: string; touched: TouchedCluster[]; baseSha: string; older: ChangeRecord[] },
): Promise<CheckOutcome> {
  const [config, problems, fleet, asked, files] = await Promise.all([
    readFleetConfig(mirror, after),
    configProblems(mirror, after),
    clustersOfTree(mirror, after),
    clustersAskedFor(mirror, { baseSha, open: older }),
    mirror.listTree(after, "clusters"),
  ]);
  const present = new Set(files.map(({ path }) => path));
  const names = new Set(touched.map(({ name }) => name));
  return fleetPolicy({
    config,
    problems,
    changed: touched.map((one) => ({ ...one, hasHeadFile: present.has(clusterFile(one.name)) })),
    others: [...fleet.filter(({ name }) => !names.has(name)), ...asked],
    namespaces: [],
    now: world.now(),
  });
}

import type { ChangeRecord } from "../../db/changes.ts";
import type { CheckOutcome } from "../../domain/change/check-outcome.ts";
import type { FleetConfig } from "../../domain/fleet/config.ts";
import { clusterFile } from "../../domain/repository/layout.ts";
import type { ChangeWorld } from "../change-world.ts";
import { clustersAskedFor, clustersOfTree } from "../known-clusters.ts";
import { touchedClusters, type TouchedCluster } from "../touched-clusters.ts";
import { approvalsNeeded } from "./approvals-needed.ts";
import { buildCheck } from "./build-check.ts";
import { configProblems } from "./config-problems.ts";
import { fleetPolicy } from "./fleet-policy.ts";
import { protectCheck } from "./protect-check.ts";
import { remembered } from "./remembered.ts";
import { approversOf, fleetConfigAt, readFleetConfig } from "./rule-inputs.ts";

interface CheckSubject {
  change: Pick<ChangeRecord, "number" | "headSha">;
  baseSha: string;
  /** Every open change, this one included. */
  open: readonly ChangeRecord[];
}

/** What the App says of one head on one base, save the approval, which hangs on reviews that come and go. */
export interface Judgement {
  headSha: string;
  baseSha: string;
  /** Whether head and base cannot be merged. */
  conflicts: boolean;
  outcomes: CheckOutcome[];
  approval: { needed: number; approvers: ReadonlySet<string> | null };
}

/** After so long a verdict is reached anew, because of what hangs on the date (expiry). */
const keepMs = 5 * 60_000;

/**
 * Judges everything but the approval; writes nothing, and null where the head cannot be had. Whoever asks the same
 * question, the engine's pass or a click, shares one computation.
 */
export async function judge(world: ChangeWorld, subject: CheckSubject): Promise<Judgement | null> {
  const { mirror } = world;
  const { change, baseSha } = subject;
  if (!(await mirror.has(change.headSha))) await mirror.fetch();
  if (!(await mirror.has(change.headSha))) return null;
  const older = subject.open.filter(({ number }) => number < change.number);
  const before = older.map(({ number, headSha }) => `${String(number)}:${headSha}`);
  const key = ["judge", baseSha, change.headSha, ...before].join(" ");
  const { conflicts, outcomes, needed, config } = await remembered(
    mirror,
    key,
    keepMs,
    () => judgeOnce(world, { headSha: change.headSha, baseSha, older }),
    // What could not be judged is tried again, not remembered.
    (verdict) => verdict.outcomes.every(({ state }) => state !== "wait"),
  );
  const approvers = await approversOf(world, config);
  return { headSha: change.headSha, baseSha, conflicts, outcomes, approval: { needed, approvers } };
}

async function judgeOnce(
  world: ChangeWorld,
  { headSha, baseSha, older }: { headSha: string; baseSha: string; older: ChangeRecord[] },
): Promise<{ conflicts: boolean; outcomes: CheckOutcome[]; needed: number; config: FleetConfig }> {
  const { mirror } = world;
  const merged = await mirror.mergeTree(baseSha, headSha);
  // In conflict there is no merged tree: the head alone is what can be judged.
  const after = merged.clean ? merged.tree : headSha;
  const paths = await mirror.changedPaths(baseSha, after);
  const touched = await touchedClusters(mirror, { paths, base: baseSha, head: after });
  const config = await fleetConfigAt(mirror, baseSha);
  const outcomes = await Promise.all([
    buildCheck(merged, world.buildFleet),
    protectCheck({ merged, baseSha }, world),
    policyOf(world, { after, touched, baseSha, older }),
  ]);
  return { conflicts: !merged.clean, outcomes, needed: approvalsNeeded(config, paths, touched), config };
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

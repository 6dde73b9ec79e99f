import { createHash } from "node:crypto";
import {
  findChangeRecord,
  openChanges,
  saveChecks,
  type ChangeCheckData,
  type ChangeRecord,
} from "../../db/changes.ts";
import { lastCommit } from "../../db/repository.ts";
import {
  isOurCheck,
  renderParts,
  renderSummary,
  type CheckOutcome,
} from "../../domain/change/check-outcome.ts";
import type { CheckConclusion, CheckRun } from "../../forge/forge.ts";
import type { ChangeWorld } from "../change-world.ts";
import { approvalCheck, approvalStateOf } from "./approval-check.ts";
import { judge, type Judgement } from "./judge.ts";
import { requiredChecks } from "./rule-inputs.ts";

const conclusions: Record<CheckOutcome["state"], CheckConclusion | null> = {
  pass: "success",
  fail: "failure",
  wait: null,
};

/** One writer per pull request at a time in this process; {@link write} looks after the other replicas. */
const writing = new Map<string, Promise<unknown>>();

async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = writing.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  const settled = mine.catch(() => undefined);
  writing.set(key, settled);
  try {
    return await mine;
  } finally {
    if (writing.get(key) === settled) writing.delete(key);
  }
}

/**
 * Computes our checks of an open change for its head and the base as it is now, writes those whose result is not on
 * the forge yet, and stores all checks of that head; null where there is nothing to check any more (closed, another
 * head, a base or head that is not there). The slow part is shared by all who ask; only the writing takes turns, and
 * it judges the reviews as they are by then.
 */
export async function runChecks(
  world: ChangeWorld,
  change: ChangeRecord,
  others?: ChangeRecord[],
): Promise<ChangeCheckData[] | null> {
  const { db, repository, mirror } = world;
  const open = others ?? (await openChanges(db, repository.id));
  for (let round = 1; ; round += 1) {
    const baseSha = await mirror.branch(change.baseRef);
    if (baseSha === null) return null;
    const judgement = await judge(world, { change, baseSha, open });
    if (!judgement) return null;
    const rows = await inTurn(`${repository.id}#${String(change.number)}`, async () =>
      (await isOutdated(world, change.baseRef, baseSha)) ? null : write(world, change, judgement),
    );
    // Whoever judges a newer base has stored it before: of two verdicts the one for the newer base is the last.
    const outdated = await isOutdated(world, change.baseRef, baseSha);
    if (!outdated || round === mostRounds) return rows;
  }
}

/**
 * Whether the base has moved on from `baseSha`. The mirrors of two replicas are not equally old, but the history in the
 * database is one for all: where it holds what ours does not, ours is fetched anew.
 */
async function isOutdated(
  { db, mirror, repository }: ChangeWorld,
  baseRef: string,
  baseSha: string,
): Promise<boolean> {
  if (baseRef === repository.defaultBranch) {
    const last = await lastCommit(db, repository.id);
    const isKnown =
      last === null ||
      last.sha === baseSha ||
      ((await mirror.has(last.sha)) && (await mirror.isAncestor(last.sha, baseSha)));
    if (!isKnown) await mirror.fetch();
  }
  return (await mirror.branch(baseRef)) !== baseSha;
}

/** Reviews and bases hardly ever come faster than they are judged; the next pass ends what this leaves. */
const mostRounds = 5;

/**
 * Judges the record, writes, and looks at the record again: a review that another replica read meanwhile is judged
 * anew, so that of two verdicts the newer is the last. (The other saves what it read before it writes its verdict.)
 */
async function write(
  world: ChangeWorld,
  { number, baseRef }: ChangeRecord,
  judgement: Judgement,
): Promise<ChangeCheckData[] | null> {
  const { db, repository } = world;
  const { headSha, baseSha } = judgement;
  const recordNow = async (): Promise<ChangeRecord | null> => {
    const change = await findChangeRecord(db, repository.id, number);
    return change?.state === "open" && change.headSha === headSha ? change : null;
  };
  const required = await requiredChecks(world, baseRef);
  let change = await recordNow();
  for (let round = 1; change !== null; round += 1) {
    const approval = approvalCheck(approvalStateOf(change, judgement.approval));
    const runs = await writeOutcomes(world, change, [...judgement.outcomes, approval]);
    const rows = runs.map((run) => rowOf(world, run, baseSha, required));
    await saveChecks(db, change.id, { checks: rows, conflicts: judgement.conflicts });
    const after = await recordNow();
    if (after === null) return null;
    const again = approvalCheck(approvalStateOf(after, judgement.approval));
    if (fingerprint(again) === fingerprint(approval) || round === mostRounds) return rows;
    change = after;
  }
  return null;
}

/** Writes what the forge does not say yet; gives all checks of the head, ours as they are now. */
async function writeOutcomes(
  world: ChangeWorld,
  change: ChangeRecord,
  outcomes: CheckOutcome[],
): Promise<CheckRun[]> {
  const found = await world.asApp.checks(change.headSha);
  const written = await Promise.all(outcomes.map((outcome) => ensureCheck(world, change, outcome, found)));
  const foreign = found.filter(
    (run) => !(isOurs(world, run) && outcomes.some(({ name }) => name === run.name)),
  );
  return latestByName([...foreign, ...written]);
}

const isOurs = ({ asApp }: ChangeWorld, run: CheckRun): boolean =>
  isOurCheck(run.name) && run.appId === asApp.appId;

async function ensureCheck(
  world: ChangeWorld,
  change: ChangeRecord,
  outcome: CheckOutcome,
  found: CheckRun[],
): Promise<CheckRun> {
  const conclusion = conclusions[outcome.state];
  const externalId = fingerprint(outcome);
  const own = found.find((run) => run.name === outcome.name && isOurs(world, run));
  // A commit status has no external id; its description is the title.
  const same =
    own &&
    own.conclusion === conclusion &&
    (own.id === null ? own.title === outcome.title.slice(0, 140) : own.externalId === externalId);
  const text = renderParts(outcome.parts);
  if (same) return { ...own, text };
  const { headSha, number } = change;
  const detailsUrl = world.portalUrl === null ? null : `${world.portalUrl}/changes/${String(number)}`;
  const summary = renderSummary(outcome.parts);
  const input = {
    name: outcome.name,
    headSha,
    conclusion,
    title: outcome.title,
    summary,
    text,
    externalId,
    detailsUrl,
    existing: own?.id == null ? null : { id: own.id, status: own.status },
  };
  await world.asApp.writeCheck(input);
  const status = conclusion === null ? ("in_progress" as const) : ("completed" as const);
  return { ...input, id: own?.id ?? null, status, appId: world.asApp.appId, at: world.now().toISOString() };
}

/** Whether a check waits for our own work, not for people. */
export const waitsForUs = ({ ours, name, status }: ChangeCheckData): boolean =>
  ours && status !== "completed" && name !== "fleetwright/approval";

/** What the check says; the same result for another base needs no second write. */
const fingerprint = ({ name, state, title, parts }: CheckOutcome): string =>
  createHash("sha256")
    .update(JSON.stringify([name, state, title, parts]))
    .digest("hex")
    .slice(0, 40);

/** One row per name: a check run before a commit status, ours before anybody's, then the newest. */
function latestByName(runs: CheckRun[]): CheckRun[] {
  const byName = new Map<string, CheckRun>();
  for (const run of runs) {
    const known = byName.get(run.name);
    if (!known || Date.parse(run.at) >= Date.parse(known.at)) byName.set(run.name, run);
  }
  return [...byName.values()];
}

function rowOf(
  world: ChangeWorld,
  run: CheckRun,
  baseSha: string,
  required: ReadonlySet<string>,
): ChangeCheckData {
  const ours = isOurs(world, run);
  return {
    name: run.name,
    headSha: run.headSha,
    baseSha: ours ? baseSha : null,
    status: run.status,
    conclusion: run.conclusion,
    title: run.title,
    // Our parts as data; of others what people read.
    summary: ours ? run.text : run.summary,
    required: required.has(run.name),
    ours,
    at: new Date(run.at),
  };
}

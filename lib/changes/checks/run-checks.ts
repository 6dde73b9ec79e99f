import { createHash } from "node:crypto";
import {
  findChangeRecord,
  openChanges,
  saveChecks,
  type ChangeCheckData,
  type ChangeRecord,
} from "../../db/changes.ts";
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

/** One writer per pull request at a time: of two verdicts on its reviews the newer must be the last. */
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
  const baseSha = await mirror.branch(change.baseRef);
  if (baseSha === null) return null;
  const open = others ?? (await openChanges(db, repository.id));
  const judgement = await judge(world, { change, baseSha, open });
  if (!judgement) return null;
  return inTurn(`${repository.id}#${String(change.number)}`, () => write(world, change, judgement));
}

async function write(
  world: ChangeWorld,
  { number, baseRef }: ChangeRecord,
  judgement: Judgement,
): Promise<ChangeCheckData[] | null> {
  const { asApp, db, repository } = world;
  const { headSha, baseSha } = judgement;
  const [found, required, change] = await Promise.all([
    asApp.checks(headSha),
    requiredChecks(world, baseRef),
    findChangeRecord(db, repository.id, number),
  ]);
  if (change?.state !== "open" || change.headSha !== headSha) return null;
  const approval = approvalCheck(approvalStateOf(change, judgement.approval));
  const outcomes = [...judgement.outcomes, approval];
  const written = await Promise.all(outcomes.map((outcome) => ensureCheck(world, change, outcome, found)));
  const foreign = found.filter(
    (run) => !(isOurs(world, run) && outcomes.some(({ name }) => name === run.name)),
  );
  const rows = latestByName([...foreign, ...written]).map((run) => rowOf(world, run, baseSha, required));
  await saveChecks(db, change.id, { checks: rows, conflicts: judgement.conflicts });
  return rows;
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

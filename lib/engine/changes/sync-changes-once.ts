import type { ChangeWorld } from "../../changes/change-world.ts";
import { runChecks, waitsForUs } from "../../changes/checks/run-checks.ts";
import { readChange } from "../../changes/read-change.ts";
import { knownUpdates, openChanges } from "../../db/changes.ts";
import { findRepository, saveProtectionGaps, saveRepositoryContact } from "../../db/repository.ts";
import { scrubText } from "../../domain/scrub-text.ts";
import { ForgeError, type PullRequest } from "../../forge/forge.ts";
import { owedOf, type Owed } from "./owed.ts";
import { protectionGaps } from "./protection-gaps.ts";
import { readRepository } from "./read-repository.ts";
import { resumeIntents } from "./resume-intents.ts";

export interface PassOptions {
  /** Look at everything, whatever the forge's conditional answers say. */
  force?: boolean;
  /** Pull requests somebody told us of. */
  look?: ReadonlySet<number>;
  /** After the mirror moved, before checks: others re-read it too. */
  onFetched?: () => Promise<void>;
}

/**
 * One level-triggered pass: mirror, repository row, history, pull requests that changed, checks of all open ones. A
 * lost webhook costs only time; what a pass heard of and could not finish is owed to the next one. Throws what the
 * forge, git or the database threw, noted in the repository row.
 */
export async function syncChangesOnce(world: ChangeWorld, options: PassOptions = {}): Promise<void> {
  const { mirror, repository } = world;
  const { force = false, look = new Set<number>() } = options;
  const owed = owedOf(mirror);
  const resumable = await mirror.head();
  if (resumable !== null) await resumeIntents(world, resumable);
  await noting(world, "poll", () => hear(world, owed, look));
  const due = owed.dueChecks(world.now());
  if (!owed.news && !force && owed.reads.size === 0 && due.size === 0) return;
  const { head } = await noting(world, "fetch", () => mirror.fetch());
  if (head === null) return;
  const row = await findRepository(world.db, repository.fullName);
  if (row?.headSha !== head) await readRepository(world, head);
  // Whoever is told looks for the commits just written.
  await options.onFetched?.();
  const read = await noting(world, "poll", () => readChanges(world, owed));
  owed.news = false;
  await checkOpenChanges(world, { force, read: new Set([...read, ...due]), head, owed });
}

/** The forge tells of news once: it is owed from then on, whatever fails. */
async function hear(world: ChangeWorld, owed: Owed, look: ReadonlySet<number>): Promise<void> {
  for (const number of look) owed.reads.add(number);
  if (await world.asApp.hasNews(world.repository.defaultBranch)) owed.news = true;
}

/** What the forge's protection lacks, and whether the repository moved, in its row; a failure is noted there too. */
export async function readProtection(world: ChangeWorld): Promise<void> {
  const { db, asApp, repository } = world;
  const { fullName, protection } = await noting(world, "poll", async () => ({
    fullName: (await asApp.repository()).fullName,
    protection: await asApp.findProtection(repository.defaultBranch),
  }));
  await saveProtectionGaps(db, repository.id, [
    ...movedTo(repository.fullName, fullName),
    ...protectionGaps(protection, repository.defaultBranch, asApp.appId),
  ]);
}

/** The forge redirects from an old name only until somebody takes it. */
function movedTo(known: string, fullName: string): string[] {
  if (known.toLowerCase() === fullName.toLowerCase()) return [];
  return [`The repository ${known} moved to ${fullName} on the forge: set FLEET_REPOSITORY=${fullName}.`];
}

/** The forge's times have whole seconds: an update in the second of our reading looks like the one we read. */
const sameSecondMs = 2_000;

/**
 * Those we were told of, and what was updated since, newest first until a whole page is known. They are read in the
 * other direction: where that ends early, the next pass finds the newest still unknown. Returns which were read.
 */
async function readChanges(world: ChangeWorld, owed: Owed): Promise<ReadonlySet<number>> {
  const told = [...owed.reads].sort((a, b) => a - b);
  const updated: number[] = [];
  for await (const page of world.asApp.pullRequests()) {
    const stale = await staleOf(world, page);
    updated.push(...stale);
    if (stale.length === 0) break;
  }
  // GitHub computes mergeability only when somebody looks at the one pull request.
  const open = await openChanges(world.db, world.repository.id);
  const unsure = open.filter(({ mergeable }) => mergeable === null).map(({ number }) => number);
  const wanted = new Set([...updated.reverse(), ...told, ...unsure]);
  for (const number of wanted) {
    owed.reads.add(number);
    if (await isReadForGood(world, number)) owed.reads.delete(number);
  }
  return wanted;
}

/** A refusal that concerns one pull request alone does not keep the others waiting. */
async function isReadForGood(world: ChangeWorld, number: number): Promise<boolean> {
  try {
    const change = await readChange(world, number);
    if (change === null) return true;
    // GitHub computes it once somebody looks, and tells nobody when it is done.
    if (change.state === "open" && change.mergeable === null) return false;
    return Math.abs(change.readAt.getTime() - change.updatedAt.getTime()) >= sameSecondMs;
  } catch (error) {
    if (!(error instanceof ForgeError) || ofTheForgeAsAWhole.has(error.code)) throw error;
    world.log.warn({ error: error.message, change: number }, "a pull request could not be read");
    return false;
  }
}

const ofTheForgeAsAWhole: ReadonlySet<string> = new Set(["unavailable", "rate-limited", "unauthenticated"]);

async function staleOf({ db, repository }: ChangeWorld, page: PullRequest[]): Promise<number[]> {
  const known = await knownUpdates(
    db,
    repository.id,
    page.map(({ number }) => number),
  );
  return page.flatMap((pull) => {
    const row = known.get(pull.number);
    const same =
      row?.updatedAt.getTime() === Date.parse(pull.updatedAt) &&
      row.state === pull.state &&
      row.headSha === pull.headSha;
    return same ? [] : [pull.number];
  });
}

interface CheckPass {
  force: boolean;
  /** Changes to be checked in any case. */
  read: ReadonlySet<number>;
  head: string;
  owed: Owed;
}

/**
 * A change nothing happened to is not looked at again. One that cannot be checked does not keep the others waiting; it
 * is tried again, as is a verdict that waits for us.
 */
async function checkOpenChanges(world: ChangeWorld, { force, read, head, owed }: CheckPass): Promise<void> {
  const open = await openChanges(world.db, world.repository.id);
  owed.keepChecksOf(open);
  // Base moved, or an older change came or went: every verdict may differ.
  const ground = [head, ...open.map(({ number, headSha }) => `${String(number)}:${headSha}`)].join(" ");
  const all = force || owed.ground !== ground;
  for (const change of open) {
    if (!all && !read.has(change.number)) continue;
    try {
      const checks = await runChecks(world, change, open);
      if (checks !== null && !checks.some(waitsForUs)) owed.checked(change.number);
      else owed.oweChecks(change.number, world.now());
    } catch (error) {
      owed.oweChecks(change.number, world.now());
      world.log.warn(
        { error: String(error), change: change.number },
        "checks of a change could not be written",
      );
    }
  }
  owed.ground = ground;
}

/** Runs a step and notes in the repository row how it ended. */
async function noting<T>(world: ChangeWorld, step: "fetch" | "poll", work: () => Promise<T>): Promise<T> {
  const { db, repository } = world;
  const save = (error: string | null): Promise<void> =>
    saveRepositoryContact(db, repository.id, {
      ...(step === "fetch" ? { fetchError: error } : { pollError: error }),
      ...(error === null ? { [step === "fetch" ? "fetchedAt" : "polledAt"]: world.now() } : {}),
    });
  try {
    const value = await work();
    await save(null);
    return value;
  } catch (error) {
    // Pages show it, and git or a proxy may repeat what it was sent. Where the database is gone too, the first error
    // is the one to tell.
    await save(scrubText(error instanceof Error ? error.message : String(error))).catch(() => undefined);
    throw error;
  }
}

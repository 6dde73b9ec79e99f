import type { ChangeWorld } from "../../changes/change-world.ts";
import { runChecks } from "../../changes/checks/run-checks.ts";
import { readChange } from "../../changes/read-change.ts";
import { knownUpdates, openChanges } from "../../db/changes.ts";
import { findRepository, saveProtectionGaps, saveRepositoryContact } from "../../db/repository.ts";
import type { PullRequest } from "../../forge/forge.ts";
import type { Mirror } from "../../git/mirror.ts";
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
 * One level-triggered pass: mirror, repository row, history, pull requests that changed, checks of all open ones. It
 * assumes nothing of the pass before; a lost webhook costs only time. Throws what the forge or git threw, noted in
 * the repository row.
 */
export async function syncChangesOnce(world: ChangeWorld, options: PassOptions = {}): Promise<void> {
  const { asApp, mirror, repository } = world;
  const { force = false, look = new Set<number>() } = options;
  const resumable = await mirror.head();
  if (resumable !== null) await resumeIntents(world, resumable);
  const news = await noting(world, "poll", () => asApp.hasNews(repository.defaultBranch));
  if (!news && !force && look.size === 0) return;
  const { head } = await noting(world, "fetch", () => mirror.fetch());
  if (head === null) return;
  const row = await findRepository(world.db, repository.fullName);
  if (row?.headSha !== head) await readRepository(world, head);
  // Whoever is told looks for the commits just written.
  await options.onFetched?.();
  const read = await noting(world, "poll", () => readChanges(world, look));
  await checkOpenChanges(world, { force, read, head });
}

/** What the forge's protection lacks, in the repository row; a missing permission to read it is a gap of its own. */
export async function readProtection(world: ChangeWorld): Promise<void> {
  const { db, asApp, repository } = world;
  const protection = await asApp.findProtection(repository.defaultBranch);
  await saveProtectionGaps(
    db,
    repository.id,
    protectionGaps(protection, repository.defaultBranch, asApp.appId),
  );
}

/** Newest update first, until a whole page is known; then those we were told of. Returns which were read. */
async function readChanges(world: ChangeWorld, look: ReadonlySet<number>): Promise<ReadonlySet<number>> {
  const wanted = new Set(look);
  for await (const page of world.asApp.pullRequests()) {
    const stale = await staleOf(world, page);
    for (const number of stale) wanted.add(number);
    if (stale.length === 0) break;
  }
  // GitHub computes mergeability only when somebody looks at the one pull request.
  for (const change of await openChanges(world.db, world.repository.id)) {
    if (change.mergeable === null) wanted.add(change.number);
  }
  for (const number of [...wanted].sort((a, b) => a - b)) await readChange(world, number);
  return wanted;
}

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

/** What open changes were last checked against, per mirror: a change nothing happened to is not looked at again. */
const checkedOn = new WeakMap<Mirror, string>();

/** One change that cannot be checked does not keep the others waiting. */
async function checkOpenChanges(
  world: ChangeWorld,
  { force, read, head }: { force: boolean; read: ReadonlySet<number>; head: string },
): Promise<void> {
  const open = await openChanges(world.db, world.repository.id);
  // Base moved, or an older change came or went: every verdict may differ.
  const ground = [head, ...open.map(({ number, headSha }) => `${String(number)}:${headSha}`)].join(" ");
  const all = force || checkedOn.get(world.mirror) !== ground;
  for (const change of open) {
    if (!all && !read.has(change.number)) continue;
    try {
      await runChecks(world, change, open);
    } catch (error) {
      world.log.warn(
        { error: String(error), change: change.number },
        "checks of a change could not be written",
      );
    }
  }
  checkedOn.set(world.mirror, ground);
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
    await save(error instanceof Error ? error.message : String(error));
    throw error;
  }
}

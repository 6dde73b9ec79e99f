import type { Db } from "../db/client.ts";
import { markIntentFailed, markIntentOpened, type IntentRow } from "../db/intents.ts";
import { ok, type Result } from "../domain/result.ts";
import { ForgeError, type Forge, type GitCommit, type PullRequest } from "../forge/forge.ts";
import type { ChangeWorld } from "./change-world.ts";
import { forgeFailure } from "./forge-failure.ts";

export interface EnsureChange {
  db: Db;
  intent: IntentRow;
  /** The person where he may push, else the App for him (decisions §1). */
  forge: Forge;
  repository: Pick<ChangeWorld["repository"], "defaultBranch" | "webUrl">;
}

/**
 * Brings an intent to its pull request: branch, one commit, pull request, looking before every step. Killed anywhere
 * and run again, or run twice at once, it ends with the same one; what people closed stays closed.
 *
 * Failures: `conflict` when somebody else put other files on the branch; whatever the forge answers otherwise.
 */
export async function ensureChange({
  db,
  intent,
  forge,
  repository,
}: EnsureChange): Promise<Result<{ number: number; url: string }>> {
  try {
    const pull = await ensurePullRequest(forge, intent, repository.defaultBranch);
    await markIntentOpened(db, intent.id, pull.number);
    return ok({ number: pull.number, url: pull.url });
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    const terminal = error.code === "invalid" || error.code === "conflict" || error.code === "terminal";
    await markIntentFailed(db, intent.id, error.message, terminal);
    return forgeFailure(error, repository.webUrl);
  }
}

async function ensurePullRequest(forge: Forge, intent: IntentRow, base: string): Promise<PullRequest> {
  const known = await findOwn(forge, intent.branch);
  if (known) return known;
  await ensureBranch(forge, intent);
  try {
    return await forge.createPullRequest({
      title: intent.title,
      body: intent.body,
      head: intent.branch,
      base,
    });
  } catch (error) {
    // Somebody (the first of two clicks, or this call before a lost answer) was faster.
    if (!(error instanceof ForgeError) || error.status !== 422 || !error.says("already exists")) throw error;
    const other = await findOwn(forge, intent.branch);
    if (!other) throw error;
    return other;
  }
}

/** The newest pull request of the branch, in any state: a closed one is not opened a second time. */
async function findOwn(forge: Forge, branch: string): Promise<PullRequest | null> {
  const pulls = await forge.findPullRequests(branch);
  return pulls.find(({ state }) => state === "open") ?? pulls[0] ?? null;
}

async function ensureBranch(forge: Forge, intent: IntentRow): Promise<void> {
  const existing = await forge.findBranch(intent.branch);
  const parent = await getCommit(forge, intent.baseSha);
  if (existing === null) {
    const commit = await forge.createCommit({ parent, files: intent.files, message: intent.message });
    if (await forge.createBranch(intent.branch, commit.sha)) return;
    await adopt(forge, intent, commit.tree);
    return;
  }
  const wanted = await forge.createCommit({ parent, files: intent.files, message: intent.message });
  await adopt(forge, intent, wanted.tree);
}

/** A branch of this name with the same tree is ours; with another one it is left alone. */
async function adopt(forge: Forge, intent: IntentRow, tree: string): Promise<void> {
  const tip = await forge.findBranch(intent.branch);
  const commit = tip === null ? null : await forge.findCommit(tip);
  if (commit?.tree === tree) return;
  throw new ForgeError(
    "conflict",
    `The branch ${intent.branch} holds something else; delete it on the forge and ask again.`,
    { status: 0 },
  );
}

async function getCommit(forge: Forge, sha: string): Promise<GitCommit> {
  const commit = await forge.findCommit(sha);
  if (commit) return commit;
  throw new ForgeError("conflict", "The default branch was rewritten meanwhile; ask again.", { status: 0 });
}

import { closePull, refMoved } from "../events/refs-moved.ts";
import { listCommits, writeCommit } from "../git/commits.ts";
import { mergeTree, rebase } from "../git/merge.ts";
import { nullSha, readRef, updateRef } from "../git/refs.ts";
import { ApiError } from "../http/api-error.ts";
import { mergeRefusals, notAuthorized } from "../rules/merge-rules.ts";
import { gatherMergeFacts, rulesetSentences } from "../rules/pull-facts.ts";
import { rulesetRefusal } from "../rules/ruleset.ts";
import { signatureOf, webFlow } from "../shapes/identity.ts";
import { now } from "../state/now.ts";
import type { Pull } from "../state/state.ts";
import type { World } from "../world.ts";

interface MergeRequest {
  login: string;
  method: "merge" | "squash" | "rebase";
  title: string | undefined;
  message: string | undefined;
  /** The head the caller looked at. */
  sha: string | undefined;
}

/**
 * Merges a pull request, really: a three-way merge, a commit, and the base moved from where it was.
 * Called inside `world.writes`.
 * @returns The new tip of the base.
 * @throws ApiError 405 (rule, conflict, lost race) or 409 (head moved), in GitHub's words.
 */
export async function mergePull(world: World, pull: Pull, request: MergeRequest): Promise<string> {
  if (pull.state === "closed") throw refused("Pull Request is not mergeable");
  if (request.sha !== undefined && request.sha !== pull.head.sha) {
    throw new ApiError(409, "Head branch was modified. Review and try the merge again.");
  }
  if (pull.draft) throw refused("Pull Request is still a draft");
  checkMethod(world, request.method);
  const facts = await gatherMergeFacts(world, pull, request.login);
  const refusals = mergeRefusals(facts);
  if (refusals.length > 0) throw refused(refusals.join(" "), refusals.includes(notAuthorized));
  const sentences = await rulesetSentences(world, pull, request.login);
  if (sentences.length > 0) throw refused(rulesetRefusal(sentences));
  const bypass = facts.callerIsAdmin && facts.protection?.enforceAdmins === false;
  if (facts.protection?.checks?.strict === true && facts.behind && !bypass) {
    throw new ApiError(409, "Head branch is out of date. Review and try the merge again.");
  }
  if (facts.protection?.linearHistory === true && request.method === "merge") {
    throw refused("This branch must not contain merge commits.");
  }
  const before = (await readRef(world.gitDir, `refs/heads/${pull.base.ref}`)) ?? nullSha;
  const after = await makeCommit(world, pull, request, before);
  if (!(await updateRef(world.gitDir, `refs/heads/${pull.base.ref}`, after, before))) {
    throw refused("Base branch was modified. Review and try the merge again.");
  }
  await finish(world, pull, request.login, before, after);
  return after;
}

async function makeCommit(world: World, pull: Pull, request: MergeRequest, base: string): Promise<string> {
  const head = pull.head.sha;
  if (request.method === "rebase") {
    const tip = await rebase(world.gitDir, base, head, { ...webFlow() });
    if (tip === null) throw refused("This branch can't be rebased");
    return tip;
  }
  const tree = await mergeTree(world.gitDir, base, head);
  if (tree === null) throw refused("Pull Request has merge conflicts");
  const squash = request.method === "squash";
  const subject = request.title ?? defaultTitle(world, pull, squash);
  const text = request.message ?? (squash ? await squashMessage(world, pull, base) : pull.title);
  return writeCommit(world.gitDir, {
    tree,
    parents: squash ? [base] : [base, head],
    author: signatureOf(world, squash ? pull.author : request.login),
    committer: webFlow(),
    message: text === "" ? subject : `${subject}\n\n${text}`,
  });
}

async function finish(world: World, pull: Pull, login: string, before: string, after: string): Promise<void> {
  const { repository } = world.store.state;
  pull.merged = { at: now(), by: login, commit: after };
  await closePull(world, pull, login);
  await refMoved(world, { ref: `refs/heads/${pull.base.ref}`, before, after, login });
  if (!repository.deleteBranchOnMerge || pull.head.ref === repository.defaultBranch) return;
  const ref = `refs/heads/${pull.head.ref}`;
  if (await updateRef(world.gitDir, ref, nullSha, pull.head.sha)) {
    await refMoved(world, { ref, before: pull.head.sha, after: nullSha, login });
  }
}

function defaultTitle(world: World, pull: Pull, squash: boolean): string {
  const number = `#${String(pull.number)}`;
  const owner = world.store.state.organization.login;
  return squash ? `${pull.title} (${number})` : `Merge pull request ${number} from ${owner}/${pull.head.ref}`;
}

async function squashMessage(world: World, pull: Pull, base: string): Promise<string> {
  const commits = await listCommits(world.gitDir, [`${base}..${pull.head.sha}`], { reverse: true });
  const [only] = commits;
  if (commits.length === 1 && only !== undefined) return only.message.split("\n").slice(1).join("\n").trim();
  return commits.map((commit) => `* ${commit.message}`).join("\n\n");
}

function checkMethod(world: World, method: MergeRequest["method"]): void {
  const { repository } = world.store.state;
  const allowed = {
    merge: repository.allowMergeCommit,
    squash: repository.allowSquashMerge,
    rebase: repository.allowRebaseMerge,
  };
  const names = { merge: "Merge commits", squash: "Squash merges", rebase: "Rebase merges" };
  if (!allowed[method]) throw refused(`${names[method]} are not allowed on this repository.`);
}

function refused(message: string, protectedBranch = false): ApiError {
  const page = "https://docs.github.com/articles/about-protected-branches";
  return protectedBranch ? new ApiError(405, message, undefined, page) : new ApiError(405, message);
}

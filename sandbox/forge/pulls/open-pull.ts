import { emitPull } from "../events/emit.ts";
import { countCommits, mergeBase } from "../git/commits.ts";
import { changedPaths, diffFingerprint } from "../git/diff.ts";
import { forceRef, readRef } from "../git/refs.ts";
import { validationFailed } from "../http/api-error.ts";
import { effectiveOwners, teamSlug } from "../rules/pull-facts.ts";
import { requiredOwners } from "../rules/code-owners.ts";
import { now } from "../state/now.ts";
import type { Pull } from "../state/state.ts";
import type { World } from "../world.ts";

export interface PullRequest {
  title: string;
  body: string | null;
  /** Branch, or `owner:branch`. */
  head: string;
  base: string;
  draft: boolean;
  author: string;
}

const resource = "PullRequest";

/**
 * Opens a pull request: checks as GitHub does, asks the code owners, keeps `refs/pull/N/head`.
 * Called inside `world.writes`.
 * @throws ApiError 422 in GitHub's words (no commits between, already open, no such branch, body too long).
 */
export async function openPull(world: World, request: PullRequest): Promise<Pull> {
  const { state } = world.store;
  const owner = `${state.organization.login}:`;
  const ref = request.head.startsWith(owner) ? request.head.slice(owner.length) : request.head;
  if ((request.body?.length ?? 0) > 65_536) {
    const message = "body is too long (maximum is 65536 characters)";
    throw validationFailed({ resource: "Issue", code: "custom", field: "body", message });
  }
  const base = await readRef(world.gitDir, `refs/heads/${request.base}`);
  if (base === null) throw validationFailed({ resource, field: "base", code: "invalid" });
  const head = await readRef(world.gitDir, `refs/heads/${ref}`);
  if (head === null) throw validationFailed({ resource, field: "head", code: "invalid" });
  if ((await countCommits(world.gitDir, `${base}..${head}`)) === 0) {
    throw validationFailed({
      resource,
      code: "custom",
      message: `No commits between ${request.base} and ${ref}`,
    });
  }
  const same = (pull: Pull) =>
    pull.state === "open" && pull.head.ref === ref && pull.base.ref === request.base;
  if (state.pulls.some(same)) {
    const message = `A pull request already exists for ${owner}${ref}.`;
    throw validationFailed({ resource, code: "custom", message });
  }
  const pull = await newPull(world, request, { ref, sha: head }, { ref: request.base, sha: base });
  state.pulls.push(pull);
  await forceRef(world.gitDir, `refs/pull/${String(pull.number)}/head`, head);
  world.store.save();
  await emitPull(world, "opened", pull, request.author);
  return pull;
}

async function newPull(
  world: World,
  request: PullRequest,
  head: Pull["head"],
  base: Pull["base"],
): Promise<Pull> {
  const start = (await mergeBase(world.gitDir, base.sha, head.sha)) ?? base.sha;
  const owners = request.draft
    ? { people: [], teams: [] }
    : await ownersToAsk(world, base.sha, start, head.sha);
  world.store.state.nextNumber += 1;
  const moment = now();
  return {
    id: world.store.id(),
    number: world.store.state.nextNumber,
    title: request.title,
    body: request.body,
    author: request.author,
    state: "open",
    draft: request.draft,
    head,
    base,
    createdAt: moment,
    updatedAt: moment,
    closedAt: null,
    merged: null,
    reviews: [],
    requestedReviewers: owners.people.filter((login) => login !== request.author),
    requestedTeams: owners.teams,
    labels: [],
    lastPush: { login: request.author, sequence: world.store.id() },
    fingerprint: await diffFingerprint(world.gitDir, start, head.sha),
  };
}

async function ownersToAsk(world: World, base: string, start: string, head: string) {
  const { state } = world.store;
  const rules = await world.codeOwners(base);
  const groups = requiredOwners(rules, await changedPaths(world.gitDir, start, head));
  const owners = [...new Set(effectiveOwners(state, groups.flat()))];
  return {
    people: owners.filter((owner) => teamSlug(state, owner) === null),
    teams: owners.flatMap((owner) => teamSlug(state, owner) ?? []),
  };
}

import { listCommits } from "../git/commits.ts";
import { changedPaths } from "../git/diff.ts";
import { nullSha } from "../git/refs.ts";
import { commitPage, commitShape } from "../shapes/commit.ts";
import { organizationShape } from "../shapes/organization.ts";
import { fullPullShape, pullShape } from "../shapes/pull.ts";
import { repositoryShape } from "../shapes/repository.ts";
import { reviewShape } from "../shapes/issue.ts";
import { checkRunShape } from "../shapes/check.ts";
import { loginOfEmail, userShape } from "../shapes/user.ts";
import type { CheckRun, Pull, Review, Status } from "../state/state.ts";
import type { World } from "../world.ts";
import { findPerson, fullName } from "../state/people.ts";

/** A ref that moved, and who moved it. */
export interface RefChange {
  /** Full name. */
  ref: string;
  before: string;
  after: string;
  login: string;
}

/** `pull_request` with an action and what that action adds (`changes`, `before`, `after`). */
export async function emitPull(
  world: World,
  action: string,
  pull: Pull,
  login: string,
  extra: Record<string, unknown> = {},
): Promise<void> {
  if (!world.deliverer.listens("pull_request")) return;
  world.deliverer.emit("pull_request", {
    action,
    number: pull.number,
    pull_request: await fullPullShape(world, pull, login),
    ...extra,
    ...surroundings(world, login),
  });
}

/** `pull_request_review`; here the state is in lower case. */
export function emitReview(world: World, action: string, pull: Pull, review: Review, login: string): void {
  world.deliverer.emit("pull_request_review", {
    action,
    review: { ...reviewShape(world, pull, review), state: review.state.toLowerCase() },
    pull_request: pullShape(world, pull),
    ...surroundings(world, login),
  });
}

/** `check_run`. */
export function emitCheckRun(world: World, action: string, run: CheckRun, login: string): void {
  world.deliverer.emit("check_run", {
    action,
    check_run: checkRunShape(world, run),
    ...surroundings(world, login),
  });
}

/** `status`. */
export async function emitStatus(world: World, status: Status): Promise<void> {
  const [commit] = await listCommits(world.gitDir, [status.sha], { max: 1 });
  world.deliverer.emit("status", {
    id: status.id,
    sha: status.sha,
    name: fullName(world.store.state),
    context: status.context,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    commit: commit === undefined ? null : commitShape(world, commit),
    branches: [],
    created_at: status.createdAt,
    updated_at: status.createdAt,
    ...surroundings(world, status.creator),
  });
}

/** `push`, where alone the repository's times are epoch integers and its URL the web page. */
export async function emitPush(world: World, change: RefChange, forced: boolean): Promise<void> {
  if (!world.deliverer.listens("push")) return;
  const { ref, before, after, login } = change;
  const created = before === nullSha;
  const deleted = after === nullSha;
  const commits = deleted ? [] : await pushedCommits(world, change);
  const repository = repositoryShape(world);
  const { createdAt, pushedAt } = world.store.state.repository;
  const epoch = (time: string) => Math.floor(Date.parse(time) / 1000);
  world.deliverer.emit("push", {
    ref,
    before,
    after,
    base_ref: null,
    created,
    deleted,
    forced,
    compare: `${world.url}/${fullName(world.store.state)}/compare/${before}...${after}`,
    commits,
    head_commit: commits.at(-1) ?? null,
    pusher: { name: login, email: findPerson(world.store.state, login)?.email ?? null },
    ...surroundings(world, login),
    repository: {
      ...repository,
      url: repository.html_url,
      created_at: epoch(createdAt),
      pushed_at: epoch(pushedAt),
      master_branch: repository.default_branch,
    },
  });
}

/** What every payload carries: repository, organisation, sender. */
export function surroundings(world: World, login: string): Record<string, unknown> {
  return {
    repository: repositoryShape(world),
    organization: organizationShape(world),
    sender: userShape(world, login),
  };
}

async function pushedCommits(world: World, change: RefChange) {
  const start =
    change.before === nullSha
      ? `^refs/heads/${world.store.state.repository.defaultBranch}`
      : `^${change.before}`;
  const commits = await listCommits(world.gitDir, [change.after, start], { reverse: true, max: 2048 });
  return Promise.all(
    commits.map(async (commit) => {
      const parent = commit.parents[0];
      const modified = parent === undefined ? [] : await changedPaths(world.gitDir, parent, commit.sha);
      return {
        id: commit.sha,
        tree_id: commit.tree,
        distinct: true,
        message: commit.message,
        timestamp: commit.author.date,
        url: commitPage(world, commit.sha),
        author: { ...commit.author, username: loginOfEmail(world, commit.author.email) },
        committer: { ...commit.committer, username: loginOfEmail(world, commit.committer.email) },
        added: [],
        removed: [],
        modified,
      };
    }),
  );
}

import { pullMergeBase } from "../rules/pull-facts.ts";
import type { Pull } from "../state/state.ts";
import type { World } from "../world.ts";
import { findTeam, isOwner } from "../state/people.ts";
import { labelShape } from "./issue.ts";
import { teamShape } from "./organization.ts";
import { pullPage } from "./pull-page.ts";
import { repositoryShape, repositoryUrl } from "./repository.ts";
import type { Json } from "./user.ts";
import { nodeId, userShape } from "./user.ts";

/** A pull request as lists have it. */
export function pullShape(world: World, pull: Pull): Json {
  const { state } = world.store;
  const links = pullLinks(world, pull);
  return {
    url: links.self,
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    html_url: links.html,
    diff_url: `${links.html}.diff`,
    patch_url: `${links.html}.patch`,
    issue_url: links.issue,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: userShape(world, pull.author),
    body: pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged?.commit ?? world.mergeability.testMerge(pull),
    assignee: null,
    assignees: [],
    requested_reviewers: pull.requestedReviewers.map((login) => userShape(world, login)),
    requested_teams: pull.requestedTeams.flatMap((slug) => {
      const team = findTeam(state, slug);
      return team === undefined ? [] : [teamShape(world, team)];
    }),
    labels: pull.labels.flatMap((name) => {
      const label = state.labels.find((candidate) => candidate.name === name);
      return label === undefined ? [] : [labelShape(world, label)];
    }),
    milestone: null,
    draft: pull.draft,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    head: branchShape(world, pull.head),
    base: branchShape(world, pull.base),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: isOwner(state, pull.author) ? "OWNER" : "MEMBER",
    auto_merge: autoMergeShape(world, pull),
    active_lock_reason: null,
  };
}

function autoMergeShape(world: World, { autoMerge, ...pull }: Pull): Json | null {
  if (!autoMerge) return null;
  const { login, method, title, message } = autoMerge;
  return {
    enabled_by: userShape(world, login),
    merge_method: method,
    commit_title: title ?? pull.title,
    commit_message: message ?? pull.body ?? "",
  };
}

/** `GET /pulls/{n}`, and the replies to POST and PATCH: the fields lists lack. */
export async function fullPullShape(world: World, pull: Pull, caller: string): Promise<Json> {
  const base = await pullMergeBase(world, pull);
  const [verdict, files, commits] = await Promise.all([
    world.mergeability.of(world, pull, caller),
    world.facts.diffFiles(base, pull.head.sha),
    world.facts.countBetween(base, pull.head.sha),
  ]);
  return {
    ...pullShape(world, pull),
    merged: pull.merged !== null,
    mergeable: verdict.mergeable,
    rebaseable: verdict.mergeable,
    mergeable_state: verdict.state,
    merged_by: pull.merged === null ? null : userShape(world, pull.merged.by),
    comments: world.store.state.comments.filter((comment) => comment.number === pull.number).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

/** The short form inside check runs. */
export function pullReferenceShape(world: World, pull: Pull): Json {
  const { repository } = world.store.state;
  const repo = { id: repository.id, url: repositoryUrl(world), name: repository.name };
  return {
    id: pull.id,
    number: pull.number,
    url: `${repositoryUrl(world)}/pulls/${String(pull.number)}`,
    head: { ...pull.head, repo },
    base: { ...pull.base, repo },
  };
}

function pullLinks(world: World, pull: Pull) {
  const url = repositoryUrl(world);
  const self = `${url}/pulls/${String(pull.number)}`;
  const issue = `${url}/issues/${String(pull.number)}`;
  return {
    self,
    html: pullPage(world, pull.number),
    issue,
    comments: `${issue}/comments`,
    review_comments: `${self}/comments`,
    review_comment: `${url}/pulls/comments{/number}`,
    commits: `${self}/commits`,
    statuses: `${url}/statuses/${pull.head.sha}`,
  };
}

function branchShape(world: World, branch: { ref: string; sha: string }): Json {
  const { organization } = world.store.state;
  return {
    label: `${organization.login}:${branch.ref}`,
    ref: branch.ref,
    sha: branch.sha,
    user: userShape(world, organization.login),
    repo: repositoryShape(world),
  };
}

import { countCommits, listCommits, mergeBase, readCommit } from "../git/commits.ts";
import { diffFiles } from "../git/diff.ts";
import { resolveCommit } from "../git/objects.ts";
import { pullsContaining } from "../git/refs.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { linkHeader, pageOf, paginate } from "../http/paginate.ts";
import { param } from "../http/route.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { commitShape, fileShape } from "../shapes/commit.ts";
import { pullShape } from "../shapes/pull.ts";
import { repositoryUrl } from "../shapes/repository.ts";
import { findPerson, fullName } from "../state/people.ts";

const read = [["contents", "read"]] as const;
const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** Commits with their files, and comparisons. */
export const commitRoutes: readonly Route[] = [
  { method: "GET", path: "/commits", access: { repository: "pull" }, app: read, handle: list },
  { method: "GET", path: "/commits/:ref", access: { repository: "pull" }, app: read, handle: get },
  {
    method: "GET",
    path: "/commits/:ref/pulls",
    access: { repository: "pull" },
    app: [["pull_requests", "read"]],
    handle: pullsOf,
  },
  { method: "GET", path: "/compare/*", access: { repository: "pull" }, app: read, handle: compare },
];

async function list(call: Call): Promise<Answer> {
  const { world, query } = call;
  const start = query.sha ?? world.store.state.repository.defaultBranch;
  const commit = await resolveCommit(world.gitDir, start);
  if (commit === null) throw notFound();
  const { page, perPage } = pageOf(call);
  const { path, since, until } = query;
  const author = query.author === undefined ? undefined : findPerson(world.store.state, query.author)?.email;
  const flags = author === undefined ? [commit] : [`--author=${author}`, commit];
  const options = { max: perPage + 1, skip: (page - 1) * perPage, path, since, until };
  const commits = await listCommits(world.gitDir, flags, options);
  const total = (page - 1) * perPage + commits.length;
  return {
    body: commits.slice(0, perPage).map((one) => commitShape(world, one)),
    headers: linkHeader(call, total),
  };
}

async function get(call: Call): Promise<Answer> {
  const { world } = call;
  const ref = param(call, "ref");
  const sha = await resolveCommit(world.gitDir, ref);
  if (sha === null) throw new ApiError(422, `No commit found for SHA: ${ref}`);
  if (call.request.headers.accept?.includes("sha") === true) {
    return { body: sha, headers: { "content-type": "application/vnd.github.sha; charset=utf-8" } };
  }
  const commit = await readCommit(world.gitDir, sha);
  const files = await diffFiles(world.gitDir, commit.parents[0] ?? emptyTree, sha);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return {
    body: {
      ...commitShape(world, commit),
      stats: { total: additions + deletions, additions, deletions },
      files: files.map((file) => fileShape(world, file, sha)),
    },
  };
}

async function pullsOf(call: Call): Promise<Answer> {
  const { world } = call;
  const sha = await resolveCommit(world.gitDir, param(call, "ref"));
  if (sha === null) throw new ApiError(422, `No commit found for SHA: ${param(call, "ref")}`);
  const containing = await pullsContaining(world.gitDir, sha);
  const pulls = [];
  for (const pull of world.store.state.pulls) {
    const within =
      pull.merged?.commit === sha ||
      (containing.has(pull.number) && !(await world.facts.isAncestor(sha, pull.base.sha)));
    if (within) pulls.push(pull);
  }
  return paginate(call, pulls, (pull) => pullShape(world, pull));
}

async function compare(call: Call): Promise<Answer> {
  const { world } = call;
  const [left = "", right = ""] = param(call, "path").split("...");
  const [base, head] = await Promise.all([side(call, left), side(call, right)]);
  const start = await mergeBase(world.gitDir, base, head);
  if (start === null) throw notFound(`No common ancestor between ${left} and ${right}.`);
  const { page, perPage } = pageOf(call);
  const [ahead, behind, commits, files, baseCommit, startCommit] = await Promise.all([
    countCommits(world.gitDir, `${base}..${head}`),
    countCommits(world.gitDir, `${head}..${base}`),
    listCommits(world.gitDir, [`${base}..${head}`], { reverse: true }),
    page === 1 ? diffFiles(world.gitDir, start, head) : [],
    readCommit(world.gitDir, base),
    readCommit(world.gitDir, start),
  ]);
  const status = ahead > 0 ? (behind > 0 ? "diverged" : "ahead") : behind > 0 ? "behind" : "identical";
  const html = `${world.url}/${fullName(world.store.state)}/compare/${left}...${right}`;
  const paged = call.query.page !== undefined || call.query.per_page !== undefined;
  const shown = paged ? commits.slice((page - 1) * perPage, page * perPage) : commits.slice(0, 250);
  return {
    body: {
      url: `${repositoryUrl(world)}/compare/${left}...${right}`,
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: commitShape(world, baseCommit),
      merge_base_commit: commitShape(world, startCommit),
      status,
      ahead_by: ahead,
      behind_by: behind,
      total_commits: ahead,
      commits: shown.map((commit) => commitShape(world, commit)),
      files: files.slice(0, 300).map((file) => fileShape(world, file, head)),
    },
    headers: paged ? linkHeader(call, ahead) : {},
  };
}

async function side(call: Call, name: string): Promise<string> {
  const own = `${call.world.store.state.organization.login}:`;
  const sha = await resolveCommit(call.world.gitDir, name.startsWith(own) ? name.slice(own.length) : name);
  if (sha === null) throw notFound();
  return sha;
}

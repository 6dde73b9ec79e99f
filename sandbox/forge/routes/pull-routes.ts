import { emitPull } from "../events/emit.ts";
import { closePull } from "../events/refs-moved.ts";
import { listCommits } from "../git/commits.ts";
import { readRef } from "../git/refs.ts";
import { ApiError, mustHavePush, notFound, validationFailed } from "../http/api-error.ts";
import { roleAtLeast } from "../http/caller.ts";
import { paginate } from "../http/paginate.ts";
import { param } from "../http/route.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { openPull } from "../pulls/open-pull.ts";
import { pullMergeBase } from "../rules/pull-facts.ts";
import { commitShape, fileShape } from "../shapes/commit.ts";
import { fullPullShape, pullShape } from "../shapes/pull.ts";
import { now } from "../state/now.ts";
import type { Pull } from "../state/state.ts";
import { roleOfCaller } from "./repository-routes.ts";

const read = [["pull_requests", "read"]] as const;
const write = [["pull_requests", "write"]] as const;

/** Pull requests: list, open, look, change. */
export const pullRoutes: readonly Route[] = [
  { method: "GET", path: "/pulls", access: { repository: "pull" }, app: read, handle: list },
  { method: "POST", path: "/pulls", access: { repository: "push" }, app: write, handle: create },
  { method: "GET", path: "/pulls/:number", access: { repository: "pull" }, app: read, handle: get },
  { method: "PATCH", path: "/pulls/:number", access: { repository: "pull" }, app: write, handle: update },
  { method: "GET", path: "/pulls/:number/files", access: { repository: "pull" }, app: read, handle: files },
  {
    method: "GET",
    path: "/pulls/:number/commits",
    access: { repository: "pull" },
    app: read,
    handle: commits,
  },
  {
    method: "GET",
    path: "/pulls/:number/comments",
    access: { repository: "pull" },
    app: read,
    handle: () => ({ body: [] }),
  },
];

/** The pull request a route names. */
export function pullOf(call: Call): Pull {
  const number = param(call, "number");
  const pull = call.world.store.state.pulls.find((candidate) => String(candidate.number) === number);
  if (pull === undefined) throw notFound();
  return pull;
}

function list(call: Call): Answer {
  const { world, query } = call;
  const state = query.state ?? "open";
  const owner = `${world.store.state.organization.login}:`;
  const head = query.head?.includes(":") === true ? query.head : undefined;
  const found = world.store.state.pulls.filter(
    (pull) =>
      (state === "all" || pull.state === state) &&
      (head === undefined || head === owner + pull.head.ref) &&
      (query.base === undefined || query.base === pull.base.ref),
  );
  const key = query.sort === "updated" ? "updatedAt" : "createdAt";
  const direction =
    query.direction ?? (query.sort === undefined || query.sort === "created" ? "desc" : "asc");
  const sorted = found.toSorted((a, b) => a[key].localeCompare(b[key]) || a.number - b.number);
  return paginate(call, direction === "desc" ? sorted.toReversed() : sorted, (pull) =>
    pullShape(world, pull),
  );
}

async function create(call: Call): Promise<Answer> {
  const { body, world } = call;
  const request = {
    title: body.string("title"),
    body: body.text("body") ?? null,
    head: body.string("head"),
    base: body.string("base"),
    draft: body.flag("draft") ?? false,
    author: call.login,
  };
  const pull = await world.writes.add(() => openPull(world, request));
  const shape = await fullPullShape(world, pull, call.login);
  return { status: 201, body: shape, headers: { location: String(shape.url) } };
}

async function get(call: Call): Promise<Answer> {
  const pull = pullOf(call);
  const accept = call.request.headers.accept ?? "";
  if (!accept.includes("diff")) return { body: await fullPullShape(call.world, pull, call.login) };
  const base = await pullMergeBase(call.world, pull);
  const changes = await call.world.facts.diffFiles(base, pull.head.sha);
  const text = changes
    .map((file) => `--- a/${file.path}\n+++ b/${file.path}\n${file.patch ?? ""}\n`)
    .join("");
  return { body: text, headers: { "content-type": "application/vnd.github.diff; charset=utf-8" } };
}

async function update(call: Call): Promise<Answer> {
  const { world, body } = call;
  const pull = pullOf(call);
  if (pull.author !== call.login && !roleAtLeast(roleOfCaller(call), "push")) throw mustHavePush();
  await world.writes.add(async () => {
    await edit(call, pull);
    const state = body.text("state");
    if (state === "closed" && pull.state === "open") await closePull(world, pull, call.login);
    if (state === "open" && pull.state === "closed") await reopen(call, pull);
    world.store.save();
  });
  return { body: await fullPullShape(world, pull, call.login) };
}

async function edit(call: Call, pull: Pull): Promise<void> {
  const { world, body } = call;
  const changes: Record<string, unknown> = {};
  const base = body.text("base");
  if (base !== undefined && base !== pull.base.ref) {
    const sha = await readRef(world.gitDir, `refs/heads/${base}`);
    if (sha === null) {
      const message = `Proposed base branch '${base}' was not found`;
      throw validationFailed({ message, resource: "PullRequest", field: "base", code: "invalid" });
    }
    changes.base = { ref: { from: pull.base.ref }, sha: { from: pull.base.sha } };
    pull.base = { ref: base, sha };
  }
  const title = body.text("title");
  if (title !== undefined && title !== pull.title) {
    changes.title = { from: pull.title };
    pull.title = title;
  }
  if (body.has("body") && body.text("body") !== (pull.body ?? undefined)) {
    changes.body = { from: pull.body };
    pull.body = body.text("body") ?? null;
  }
  if (Object.keys(changes).length === 0) return;
  pull.updatedAt = now();
  await emitPull(world, "edited", pull, call.login, { changes });
}

async function reopen(call: Call, pull: Pull): Promise<void> {
  const { world } = call;
  const head = await readRef(world.gitDir, `refs/heads/${pull.head.ref}`);
  const base = await readRef(world.gitDir, `refs/heads/${pull.base.ref}`);
  if (pull.merged !== null || head === null || base === null) {
    throw new ApiError(422, "Validation Failed", [
      { resource: "PullRequest", code: "invalid", field: "state", message: "state cannot be changed." },
    ]);
  }
  pull.state = "open";
  pull.closedAt = null;
  pull.updatedAt = now();
  pull.head.sha = head;
  pull.base.sha = base;
  await emitPull(world, "reopened", pull, call.login);
}

async function files(call: Call): Promise<Answer> {
  const { world } = call;
  const pull = pullOf(call);
  const changes = await world.facts.diffFiles(await pullMergeBase(world, pull), pull.head.sha);
  return paginate(call, changes.slice(0, 3000), (file) => fileShape(world, file, pull.head.sha));
}

async function commits(call: Call): Promise<Answer> {
  const { world } = call;
  const pull = pullOf(call);
  const range = `${await pullMergeBase(world, pull)}..${pull.head.sha}`;
  const found = await listCommits(world.gitDir, [range], { reverse: true, max: 250 });
  return paginate(call, found, (commit) => commitShape(world, commit));
}

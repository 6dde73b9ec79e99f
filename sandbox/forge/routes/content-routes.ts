import { refMoved } from "../events/refs-moved.ts";
import { readCommit, writeCommit } from "../git/commits.ts";
import { listTree, readBlob, resolveCommit, resolveTree, writeBlob, writeTree } from "../git/objects.ts";
import type { TreeEntry } from "../git/objects.ts";
import { readRef, updateRef } from "../git/refs.ts";
import { ApiError, notFound, notSupplied } from "../http/api-error.ts";
import { param } from "../http/route.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { pushRule } from "../rules/direct-push.ts";
import { rulesetRefusal } from "../rules/ruleset.ts";
import { gitCommitShape } from "../shapes/commit.ts";
import { contentShape } from "../shapes/content.ts";
import { readSignature, webFlow } from "../shapes/identity.ts";

const read = [["contents", "read"]] as const;
const write = [["contents", "write"]] as const;

/** `contents`: one file or directory at a ref; one file, one commit for writes. */
export const contentRoutes: readonly Route[] = [
  { method: "GET", path: "/contents", access: { repository: "pull" }, app: read, handle: get },
  { method: "GET", path: "/contents/*", access: { repository: "pull" }, app: read, handle: get },
  { method: "PUT", path: "/contents/*", access: { repository: "push" }, app: write, handle: put },
  { method: "DELETE", path: "/contents/*", access: { repository: "push" }, app: write, handle: remove },
];

async function get(call: Call): Promise<Answer> {
  const { world } = call;
  const path = (call.params.path ?? "").replace(/\/$/, "");
  const ref = call.query.ref ?? world.store.state.repository.defaultBranch;
  const commit = await resolveCommit(world.gitDir, ref);
  if (commit === null) throw notFound(`No commit found for the ref ${ref}`);
  const entry = path === "" ? null : await entryAt(call, commit, path);
  if (entry === undefined) throw notFound();
  if (entry === null || entry.type === "tree") {
    const tree = entry === null ? await resolveTree(world.gitDir, commit) : entry.sha;
    const entries = await listTree(world.gitDir, tree ?? commit);
    const prefix = path === "" ? "" : `${path}/`;
    return {
      body: entries.map((one) => contentShape(world, { ...one, path: prefix + one.path }, ref, null)),
    };
  }
  const content = await readBlob(world.gitDir, entry.sha);
  const accept = call.request.headers.accept ?? "";
  if (/github\.(v3\.)?raw/.test(accept)) {
    return { body: content, headers: { "content-type": "application/vnd.github.raw; charset=utf-8" } };
  }
  return { body: contentShape(world, entry, ref, content) };
}

async function put(call: Call): Promise<Answer> {
  const { world, body } = call;
  body.string("message");
  const text = body.string("content");
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) throw new ApiError(422, "content is not valid Base64");
  const content = Buffer.from(text, "base64");
  return writeFile(call, async (current) => {
    checkSha(call, current);
    return writeBlob(world.gitDir, content);
  });
}

async function remove(call: Call): Promise<Answer> {
  call.body.string("message");
  return writeFile(call, (current) => {
    if (current === undefined) throw notFound();
    checkSha(call, current);
    return Promise.resolve(null);
  });
}

function checkSha(call: Call, current: TreeEntry | undefined): void {
  if (current === undefined) return;
  const sha = call.body.text("sha") ?? call.query.sha;
  if (sha === undefined) throw notSupplied("sha");
  if (sha !== current.sha) throw new ApiError(409, `${param(call, "path")} does not match ${sha}`);
}

/** Commits a change of one file to a branch; `change` gets what is there and returns the new blob, or null to delete. */
async function writeFile(
  call: Call,
  change: (current: TreeEntry | undefined) => Promise<string | null>,
): Promise<Answer> {
  const { world, body } = call;
  const path = param(call, "path");
  const branch = body.text("branch") ?? call.query.branch ?? world.store.state.repository.defaultBranch;
  return world.writes.add(async () => {
    const before = await readRef(world.gitDir, `refs/heads/${branch}`);
    if (before === null) throw notFound(`Branch ${branch} not found`);
    const blob = await change(await entryAt(call, before, path));
    const { refusals, byRuleset } = pushRule(world, branch, call.login);
    if (byRuleset) throw new ApiError(409, rulesetRefusal(refusals));
    if (refusals.length > 0) throw new ApiError(409, `Could not update file: ${refusals.join(" ")}`);
    const tree = await writeTree(world.gitDir, before, [{ mode: "100644", path, sha: blob }]);
    const author = readSignature(call, body.object("author") ?? body.object("committer"));
    const committer = body.has("committer") ? readSignature(call, body.object("committer")) : webFlow();
    const message = body.string("message");
    const after = await writeCommit(world.gitDir, { tree, parents: [before], author, committer, message });
    if (!(await updateRef(world.gitDir, `refs/heads/${branch}`, after, before))) {
      throw new ApiError(409, `is at ${after} but expected ${before}`);
    }
    await refMoved(world, { ref: `refs/heads/${branch}`, before, after, login: call.login });
    const entry = blob === null ? undefined : await entryAt(call, after, path);
    const content = entry === undefined ? null : contentShape(world, entry, branch, null);
    const commit = gitCommitShape(world, await readCommit(world.gitDir, after));
    const created = blob !== null && !body.has("sha");
    return { status: created ? 201 : 200, body: { content, commit } };
  });
}

async function entryAt(call: Call, commit: string, path: string): Promise<TreeEntry | undefined> {
  const entries = await listTree(call.world.gitDir, commit, { paths: [path] });
  return entries.find((entry) => entry.path === path);
}

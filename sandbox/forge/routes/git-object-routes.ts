import { readCommit, writeCommit } from "../git/commits.ts";
import { listTree, objectType, readBlob, resolveTree, writeBlob, writeTree } from "../git/objects.ts";
import type { TreeChange, TreeEntry } from "../git/objects.ts";
import { ApiError, notFound, notSupplied } from "../http/api-error.ts";
import type { Body } from "../http/body.ts";
import { param } from "../http/route.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { gitCommitShape } from "../shapes/commit.ts";
import { wrapBase64 } from "../shapes/content.ts";
import { readSignature } from "../shapes/identity.ts";
import { repositoryUrl } from "../shapes/repository.ts";
import type { Json } from "../shapes/user.ts";
import { nodeId } from "../shapes/user.ts";
import type { World } from "../world.ts";

const read = [["contents", "read"]] as const;
const write = [["contents", "write"]] as const;

/** Blobs, trees and commits as objects; nothing here moves a ref. */
export const gitObjectRoutes: readonly Route[] = [
  { method: "GET", path: "/git/blobs/:sha", access: { repository: "pull" }, app: read, handle: getBlob },
  { method: "POST", path: "/git/blobs", access: { repository: "push" }, app: write, handle: createBlob },
  { method: "GET", path: "/git/trees/:sha", access: { repository: "pull" }, app: read, handle: getTree },
  { method: "POST", path: "/git/trees", access: { repository: "push" }, app: write, handle: createTree },
  { method: "GET", path: "/git/commits/:sha", access: { repository: "pull" }, app: read, handle: getCommit },
  { method: "POST", path: "/git/commits", access: { repository: "push" }, app: write, handle: createCommit },
];

async function getBlob(call: Call): Promise<Answer> {
  const { world } = call;
  const sha = param(call, "sha");
  if ((await objectType(world.gitDir, sha)) !== "blob") throw notFound();
  const content = await readBlob(world.gitDir, sha);
  if (call.request.headers.accept?.includes("raw") === true) {
    return { body: content, headers: { "content-type": "application/vnd.github.raw; charset=utf-8" } };
  }
  return {
    body: {
      ...blobReference(world, sha),
      node_id: nodeId("B", sha),
      size: content.length,
      content: wrapBase64(content),
      encoding: "base64",
    },
  };
}

async function createBlob(call: Call): Promise<Answer> {
  const content = call.body.string("content");
  const encoding = call.body.text("encoding") ?? "utf-8";
  const sha = await writeBlob(
    call.world.gitDir,
    Buffer.from(content, encoding === "base64" ? "base64" : "utf8"),
  );
  return { status: 201, body: blobReference(call.world, sha) };
}

async function getTree(call: Call): Promise<Answer> {
  const { world } = call;
  const sha = await resolveTree(world.gitDir, param(call, "sha"));
  if (sha === null) throw notFound();
  const recursive = call.query.recursive !== undefined;
  return { body: treeShape(world, sha, await listTree(world.gitDir, sha, { recursive })) };
}

async function createTree(call: Call): Promise<Answer> {
  const { world, body } = call;
  if (!Array.isArray(body.raw("tree"))) throw notSupplied("tree");
  const wanted = body.text("base_tree");
  const base = wanted === undefined ? null : await resolveTree(world.gitDir, wanted);
  if (wanted !== undefined && base === null) throw new ApiError(422, "base_tree is not a valid tree oid");
  const changes = await Promise.all(body.objects("tree").map((entry) => readTreeChange(world, entry)));
  const removed = changes.filter((change) => change.sha === null).map((change) => change.path);
  if (removed.length > 0) {
    const present = base === null ? [] : await listTree(world.gitDir, base, { recursive: true });
    if (removed.some((path) => !present.some((entry) => entry.path === path))) {
      throw new ApiError(422, "GitRPC::BadObjectState");
    }
  }
  const sha = await writeTree(world.gitDir, base, changes);
  return { status: 201, body: treeShape(world, sha, await listTree(world.gitDir, sha)) };
}

async function readTreeChange(world: World, entry: Body): Promise<TreeChange> {
  const path = entry.string("path");
  const mode = entry.text("mode") ?? "100644";
  if (!/^(?!\/)(?!.*(^|\/)(\.{1,2}|\.git)(\/|$))(?!.*\/\/).+(?<!\/)$/i.test(path) || path.includes("\0")) {
    throw new ApiError(422, "tree.path contains a malformed path component");
  }
  const content = entry.text("content");
  const sha = entry.raw("sha");
  if ((content === undefined) === (sha === undefined)) {
    throw new ApiError(
      422,
      "Must supply either tree.sha or tree.content. Request will be rejected if both are present.",
    );
  }
  if (content !== undefined) return { mode, path, sha: await writeBlob(world.gitDir, Buffer.from(content)) };
  if (sha === null) return { mode: "100644", path, sha: null };
  const type = mode === "040000" ? "tree" : "blob";
  if (typeof sha !== "string" || (await objectType(world.gitDir, sha)) !== type) {
    throw new ApiError(422, `tree.sha ${typeof sha === "string" ? sha : ""} is not a valid ${type}`);
  }
  return { mode, path, sha };
}

async function getCommit(call: Call): Promise<Answer> {
  const sha = param(call, "sha");
  if ((await objectType(call.world.gitDir, sha)) !== "commit") throw notFound();
  return { body: gitCommitShape(call.world, await readCommit(call.world.gitDir, sha)) };
}

async function createCommit(call: Call): Promise<Answer> {
  const { world, body } = call;
  const message = body.string("message");
  const tree = body.string("tree");
  const parents = body.strings("parents");
  if ((await objectType(world.gitDir, tree)) !== "tree") throw new ApiError(422, "Tree SHA does not exist");
  for (const parent of parents) {
    if ((await objectType(world.gitDir, parent)) !== "commit") {
      throw new ApiError(422, "Parent SHA does not exist or is not a commit object");
    }
  }
  const author = readSignature(call, body.object("author"));
  const committer = body.has("committer") ? readSignature(call, body.object("committer")) : author;
  const sha = await writeCommit(world.gitDir, { tree, parents, author, committer, message });
  return { status: 201, body: gitCommitShape(world, await readCommit(world.gitDir, sha)) };
}

function blobReference(world: World, sha: string): Json {
  return { sha, url: `${repositoryUrl(world)}/git/blobs/${sha}` };
}

function treeShape(world: World, sha: string, entries: readonly TreeEntry[]): Json {
  const url = repositoryUrl(world);
  return {
    sha,
    url: `${url}/git/trees/${sha}`,
    tree: entries.map((entry) => ({
      path: entry.path,
      mode: entry.mode,
      type: entry.type,
      sha: entry.sha,
      ...(entry.size === null ? {} : { size: entry.size }),
      url: `${url}/git/${entry.type}s/${entry.sha}`,
    })),
    truncated: false,
  };
}

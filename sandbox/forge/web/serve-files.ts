import type { FastifyInstance, FastifyReply } from "fastify";
import { listTree, readBlob, resolveCommit, resolveTree } from "../git/objects.ts";
import type { TreeEntry } from "../git/objects.ts";
import type { World } from "../world.ts";
import { fullName } from "../state/people.ts";
import { escapeHtml, page } from "./html.ts";

interface Params {
  ref: string;
  "*"?: string;
}

/** Pages of files and directories at a ref (a slash in the ref's name must be escaped), and raw files. */
export function serveFiles(server: FastifyInstance, world: World): void {
  const base = `/${fullName(world.store.state)}`;
  for (const kind of ["blob", "tree"]) {
    server.get(`${base}/${kind}/:ref`, (request, reply) => show(world, request.params as Params, reply));
    server.get(`${base}/${kind}/:ref/*`, (request, reply) => show(world, request.params as Params, reply));
  }
  server.get(`${base}/raw/:ref/*`, async (request, reply) => {
    const entry = await find(world, request.params as Params);
    if (entry?.type !== "blob") return notFound(reply);
    return reply.type("text/plain; charset=utf-8").send(await readBlob(world.gitDir, entry.sha));
  });
}

async function show(world: World, params: Params, reply: FastifyReply): Promise<FastifyReply> {
  const entry = await find(world, params);
  if (entry === null) return notFound(reply);
  const title = `${fullName(world.store.state)}/${entry.path} at ${params.ref}`;
  const content =
    entry.type === "blob"
      ? `<pre>${escapeHtml((await readBlob(world.gitDir, entry.sha)).toString())}</pre>`
      : await listing(world, params.ref, entry);
  return reply.type("text/html; charset=utf-8").send(page(title, `<h1>${escapeHtml(title)}</h1>${content}`));
}

async function listing(world: World, ref: string, entry: TreeEntry): Promise<string> {
  const rows = (await listTree(world.gitDir, entry.sha)).map((child) => {
    const path = entry.path === "" ? child.path : `${entry.path}/${child.path}`;
    const escaped = path.split("/").map(encodeURIComponent).join("/");
    const href = `/${fullName(world.store.state)}/${child.type}/${encodeURIComponent(ref)}/${escaped}`;
    return `<li><a href="${escapeHtml(href)}">${escapeHtml(child.path)}</a></li>`;
  });
  return `<ul>${rows.join("\n")}</ul>`;
}

async function find(world: World, params: Params): Promise<TreeEntry | null> {
  const commit = await resolveCommit(world.gitDir, params.ref);
  if (commit === null) return null;
  const path = (params["*"] ?? "").replace(/\/$/, "");
  if (path === "") {
    const sha = await resolveTree(world.gitDir, commit);
    return sha === null ? null : { mode: "040000", type: "tree", sha, size: null, path };
  }
  const entries = await listTree(world.gitDir, commit, { paths: [path] });
  return entries.find((entry) => entry.path === path) ?? null;
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).type("text/html; charset=utf-8").send(page("Not found", "<h1>404</h1>"));
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { refMoved } from "../events/refs-moved.ts";
import { listRefs, nullSha } from "../git/refs.ts";
import { basicCredentials, tokenHolder } from "../http/authenticate.ts";
import { appMay, roleAtLeast } from "../http/caller.ts";
import type { Caller } from "../http/caller.ts";
import { pushRules } from "../rules/direct-push.ts";
import type { World } from "../world.ts";
import { fullName, roleOf } from "../state/people.ts";
import { isNamed } from "../state/rename.ts";
import { runBackend } from "./run-backend.ts";

/**
 * Git over HTTP at `/<owner>/<name>.git`: GitHub's authentication around git's own backend. Pushes run one after
 * another with all other writes; what moved is found by looking at the refs before and after.
 */
export function serveGit(server: FastifyInstance, world: World): void {
  const handler = (request: FastifyRequest, reply: FastifyReply) => serve(world, request, reply);
  server.get("/:owner/:repo/info/refs", handler);
  server.post("/:owner/:repo/git-upload-pack", handler);
  server.post("/:owner/:repo/git-receive-pack", handler);
}

async function serve(world: World, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const url = new URL(request.url, world.url);
  const action = url.pathname.split("/").slice(3).join("/");
  const service = action === "info/refs" ? url.searchParams.get("service") : action;
  const pushing = service === "git-receive-pack";
  const refused = refuse(world, request, pushing);
  if (typeof refused !== "string") {
    if (refused.status === 401) void reply.header("www-authenticate", 'Basic realm="GitHub"');
    return reply.code(refused.status).type("text/plain; charset=utf-8").send(refused.text);
  }
  const login = refused;
  reply.hijack();
  const run = async (settle?: () => Promise<void>) =>
    runBackend(
      {
        gitDir: world.gitDir,
        method: request.method,
        path: `/${action}`,
        query: url.search.slice(1),
        contentType: request.headers["content-type"] ?? "",
        contentEncoding: request.headers["content-encoding"] ?? "",
        protocol: String(request.headers["git-protocol"] ?? ""),
        login,
        protectedRefs: pushing ? await protectedRefs(world, login) : "",
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      },
      reply.raw,
      settle,
    );
  if (request.method === "POST" && pushing) await world.writes.add(() => push(world, login, run));
  else await run();
  return reply;
}

/** The login that may go on, or the refusal. */
function refuse(
  world: World,
  request: FastifyRequest,
  pushing: boolean,
): string | { status: number; text: string } {
  const { owner = "", repo = "" } = request.params as Record<string, string>;
  const credentials = basicCredentials(request.headers.authorization);
  if (credentials === null) return { status: 401, text: "Authentication required" };
  const holder = tokenHolder(world, credentials.password);
  if (holder === null) {
    return {
      status: 401,
      text: "Invalid username or token. Password authentication is not supported for Git operations.",
    };
  }
  const { state } = world.store;
  const named =
    owner.toLowerCase() === state.organization.login.toLowerCase() &&
    isNamed(state, repo.replace(/\.git$/, ""));
  const hidden = holder.kind === "person" && !roleAtLeast(roleOf(state, holder.login), "pull");
  if (hidden || !named) {
    return { status: 404, text: "Repository not found." };
  }
  return permit(world, holder, pushing);
}

function permit(world: World, holder: Caller, pushing: boolean): string | { status: number; text: string } {
  const noWrite = { status: 403, text: "Write access to repository not granted." };
  if (holder.kind === "machine") return pushing ? noWrite : holder.name;
  if (holder.kind !== "person" && holder.kind !== "installation") return noWrite;
  if (holder.app !== null && !appMay(holder.app, [["contents", pushing ? "write" : "read"]])) return noWrite;
  if (pushing && holder.kind === "person" && !roleAtLeast(roleOf(world.store.state, holder.login), "push")) {
    return {
      status: 403,
      text: `Permission to ${fullName(world.store.state)}.git denied to ${holder.login}.`,
    };
  }
  return holder.login;
}

async function protectedRefs(world: World, login: string): Promise<string> {
  const existing = (await listRefs(world.gitDir, "refs/heads/")).map(({ name }) => name.slice(11));
  const branches = new Set([...existing, ...Object.keys(world.store.state.protections)]);
  const page = `${world.url}/${fullName(world.store.state)}/rules?ref=`;
  return pushRules(world, login, [...branches])
    .map((rule) => {
      const flags = [rule.force ? "yes" : "no", rule.remove ? "yes" : "no"];
      const rules = rule.byRuleset ? page + encodeURIComponent(rule.ref) : "-";
      return [rule.ref, ...flags, rule.refusals.join(" ") || "-", rules].join("\t");
    })
    .join("\n");
}

/** A push, and after it the consequences for every branch that moved. */
async function push(
  world: World,
  login: string,
  run: (settle: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const before = new Map((await listRefs(world.gitDir, "refs/")).map((ref) => [ref.name, ref.sha]));
  await run(async () => {
    const after = new Map((await listRefs(world.gitDir, "refs/")).map((ref) => [ref.name, ref.sha]));
    for (const ref of new Set([...before.keys(), ...after.keys()])) {
      const [old, current] = [before.get(ref) ?? nullSha, after.get(ref) ?? nullSha];
      if (old !== current && !ref.startsWith("refs/pull/")) {
        await refMoved(world, { ref, before: old, after: current, login });
      }
    }
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { World } from "../world.ts";
import { roleOf } from "../state/people.ts";
import { isNamed, wasNamed } from "../state/rename.ts";
import { ApiError, mustHavePush, notByIntegration, notFound } from "./api-error.ts";
import { authenticate, basicCredentials } from "./authenticate.ts";
import { Body } from "./body.ts";
import { appMay, roleAtLeast } from "./caller.ts";
import type { Caller } from "./caller.ts";
import type { Answer, Call, Route } from "./route.ts";
import { acceptedScopes, scopesOf, scopesSuffice } from "./scopes.ts";
import { inVersion, selectedVersion } from "./versions.ts";

const prefix = "/api/v3";

/** Registers the REST API; repository routes answer by name and, for `Link` targets, by id. */
export function serveApi(server: FastifyInstance, world: World, routes: readonly Route[]): void {
  for (const route of routes) {
    const inRepository = typeof route.access === "object";
    const bases = inRepository ? ["/repos/:owner/:repo", "/repositories/:repositoryId"] : [""];
    for (const base of bases) {
      server.route({
        method: route.method,
        url: prefix + base + route.path,
        handler: (request, reply) => answer(world, route, request, reply),
      });
    }
  }
}

async function answer(
  world: World,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { authorization } = request.headers;
  const caller: Caller =
    route.access === "client" ? clientCaller(world, authorization) : await authenticate(world, authorization);
  const call: Call = {
    world,
    caller,
    login: "login" in caller ? caller.login : "",
    params: decodeWildcard(request.params as Record<string, string>),
    query: request.query as Record<string, string | undefined>,
    body: new Body(request.body),
    request,
  };
  const granted = scopesOf(world.store.state, caller);
  if (granted !== null) {
    void reply.header("x-oauth-scopes", granted.join(", "));
    void reply.header("x-accepted-oauth-scopes", acceptedScopes(route).join(", "));
    if (!scopesSuffice(route, granted)) throw notFound();
  }
  authorize(call, route);
  const moved = movedTo(call);
  if (moved !== null) return redirect(reply, request.method, moved);
  const result: Answer = await route.handle(call);
  // What was made says where it is, as its body does.
  if (result.status === 201 && hasUrl(result.body)) void reply.header("location", result.body.url);
  if (result.headers !== undefined) void reply.headers(result.headers);
  if (result.body === undefined) return reply.code(result.status ?? 204).send();
  const version = selectedVersion(request.headers["x-github-api-version"]);
  return reply.code(result.status ?? 200).send(inVersion(version, result.body));
}

const hasUrl = (body: unknown): body is { url: string } =>
  typeof body === "object" && body !== null && "url" in body && typeof body.url === "string";

/** Where a request by a former name of the repository must go; null for one by its own name. */
function movedTo({ world, params, request }: Call): string | null {
  const { repository } = world.store.state;
  if (params.repo === undefined || !wasNamed(world.store.state, params.repo)) return null;
  const rest = request.url.slice(prefix.length).replace(/^\/repos\/[^/]+\/[^/?]+/, "");
  return `${world.api}/repositories/${String(repository.id)}${rest}`;
}

/** As recorded: 301 for reads, 307 for writes. */
function redirect(reply: FastifyReply, method: string, url: string): FastifyReply {
  return reply
    .code(method === "GET" ? 301 : 307)
    .header("location", url)
    .send({
      message: "Moved Permanently",
      url,
      documentation_url: "https://docs.github.com/v3/#http-redirects",
    });
}

function authorize(call: Call, route: Route): void {
  const { caller } = call;
  if (route.access === "public" || route.access === "client") return;
  if (route.access === "app") {
    if (caller.kind !== "app") throw new ApiError(401, "A JSON web token could not be decoded");
    return;
  }
  if (caller.kind === "anonymous") {
    throw typeof route.access === "object" ? notFound() : new ApiError(401, "Requires authentication");
  }
  if (caller.kind === "app") {
    throw new ApiError(403, "Resource not accessible by integration");
  }
  if (typeof route.access === "object") authorizeInRepository(call, caller, route.access.repository);
  if ("app" in caller && caller.app !== null && !appMay(caller.app, route.app ?? []))
    throw notByIntegration();
}

/** The App by its client id and secret; GitHub says 404 to anyone else. */
function clientCaller(world: World, header: string | undefined): Caller {
  const { app } = world.store.state;
  const basic = basicCredentials(header);
  if (basic?.name !== app.clientId || basic.password !== app.clientSecret) throw notFound();
  return { kind: "app" };
}

function authorizeInRepository(
  call: Call,
  caller: Caller,
  wanted: "pull" | "triage" | "push" | "maintain" | "admin",
) {
  const { organization, repository } = call.world.store.state;
  const { owner, repo, repositoryId } = call.params;
  const named =
    repositoryId === undefined
      ? owner?.toLowerCase() === organization.login.toLowerCase() &&
        isNamed(call.world.store.state, repo ?? "")
      : repositoryId === String(repository.id);
  if (!named) throw notFound();
  if (caller.kind !== "person") return;
  const role = roleOf(call.world.store.state, caller.login);
  if (!roleAtLeast(role, "pull")) throw notFound();
  if (roleAtLeast(role, wanted)) return;
  throw wanted === "admin" ? new ApiError(403, "Must have admin rights to Repository.") : mustHavePush();
}

function decodeWildcard(params: Record<string, string>): Record<string, string> {
  const rest = params["*"];
  return rest === undefined ? params : { ...params, path: rest };
}

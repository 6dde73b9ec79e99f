import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiCluster } from "../api-cluster.ts";
import { ApiError, badRequest, internalError, PageNotFound } from "../api-error.ts";
import { authenticate } from "../auth/authenticate.ts";
import { authorize } from "../auth/authorize.ts";
import { impersonatedUser } from "../auth/impersonate.ts";
import type { User } from "../auth/user.ts";
import { discover } from "../discovery/discover.ts";
import { openApi } from "../discovery/open-api.ts";
import { serverPath } from "../discovery/server-paths.ts";
import { deniedVerb } from "../verbs/target.ts";
import { handleResource } from "./handle-resource.ts";
import { parseResourcePath, verbOf } from "./parse-request.ts";
import type { ApiRequest } from "./parse-request.ts";
import { sendReply } from "./reply.ts";
import type { Reply } from "./reply.ts";

/** Answers one request to one cluster; never rejects. */
export async function dispatch(
  cluster: ApiCluster,
  url: URL,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const warnings: string[] = [];
  let reply: Reply | undefined;
  try {
    reply = await answer(cluster, url, incoming, response, warnings);
  } catch (error) {
    reply = replyOf(error);
  }
  if (reply && !response.headersSent) sendReply(response, reply, warnings, incoming.method === "HEAD");
}

function replyOf(error: unknown): Reply {
  if (error instanceof PageNotFound) return { status: 404, text: "404 page not found\n" };
  const known =
    error instanceof ApiError
      ? error
      : internalError(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return { status: known.code, body: known.status, headers: known.headers };
}

async function answer(
  cluster: ApiCluster,
  url: URL,
  incoming: IncomingMessage,
  response: ServerResponse,
  warnings: string[],
): Promise<Reply | undefined> {
  const method = incoming.method ?? "GET";
  if (url.pathname.includes("//")) throw new PageNotFound();
  const target = parseResourcePath(url.pathname);
  const verb = verbOf(method, target, url.searchParams);
  const own = await authenticate(cluster, incoming);
  const request: ApiRequest = {
    cluster,
    user: own,
    method,
    path: url.pathname,
    query: url.searchParams,
    incoming,
    warnings,
    duplicates: [],
    target,
    verb,
  };
  request.user = actingUser(request, own);
  requireAccess(request);
  if (target) requireDuration(url.searchParams.get("timeout") ?? "");
  if (target) return handleResource(request, target, response);
  const found = serverPath(request) ?? discover(request) ?? openApi(request);
  if (!found) throw new PageNotFound();
  return found;
}

/** @throws ApiError 400 for what Go's time.ParseDuration does not read. */
function requireDuration(timeout: string): void {
  if (/^(0|([0-9.]+(ns|us|µs|ms|s|m|h))+)?$/.test(timeout)) return;
  throw badRequest(
    `invalid timeout specified in the request URL - time: invalid duration ${JSON.stringify(timeout)}`,
  );
}

function requireAccess(request: ApiRequest): void {
  const { cluster, user, target, verb } = request;
  if (!target) {
    const wanted = { verb: request.method === "HEAD" ? "head" : verb, path: request.path };
    if (authorize(cluster, user, wanted).allowed) return;
    const message = `forbidden: User "${user.username}" cannot ${wanted.verb} path "${request.path}"`;
    throw new ApiError(403, "Forbidden", message, {});
  }
  const { group, resource, subresource, namespace, name } = target;
  const wanted = {
    verb,
    group,
    resource,
    subresource,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  };
  if (authorize(cluster, user, wanted).allowed) return;
  throw deniedVerb(user, verb, { group, resource, kind: "" }, subresource, namespace, name);
}

/** @throws ApiError 403 when `own` may not act for somebody else. */
function actingUser(request: ApiRequest, own: User): User {
  const wanted = impersonatedUser(request.incoming);
  if (!wanted) return own;
  const allowed = authorize(request.cluster, own, {
    verb: "impersonate",
    group: "",
    resource: "users",
    name: wanted.username,
  });
  if (allowed.allowed) return wanted;
  const { target, verb } = request;
  if (!target)
    throw new ApiError(403, "Forbidden", `forbidden: User "${own.username}" cannot impersonate`, {});
  const named = { group: target.group, resource: target.resource, kind: "" };
  const said = `impersonate-on:user-info:${verb}`;
  throw deniedVerb(own, said, named, target.subresource, target.namespace, target.name);
}

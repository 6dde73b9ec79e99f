import { createHash, randomBytes } from "node:crypto";
import formbody from "@fastify/formbody";
import fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ApiError } from "./api-error.ts";

const limit = 15_000;
const hourMs = 3_600_000;

/** The bare server: parsing, error bodies, and the headers every reply of GitHub carries. */
export async function createServer(log: (message: string) => void): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: 200_000_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 2000, ignoreTrailingSlash: false },
  });
  await server.register(formbody);
  acceptJson(server);
  server.addContentTypeParser(/^application\/x-git-/, { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
  const usage = new Map<string, { used: number; reset: number }>();
  server.addHook("onSend", async (request, reply, payload) => finish(usage, request, reply, payload));
  server.setErrorHandler((error, request, reply) => {
    const refusal = error instanceof ApiError ? error : asApiError(error);
    if (refusal.status >= 500) log(`${request.method} ${request.url}: ${String((error as Error).stack)}`);
    void reply.code(refusal.status).send(refusal.body());
  });
  server.setNotFoundHandler((request, reply) => {
    log(`${request.method} ${request.url}: no such route`);
    void reply.code(404).send(new ApiError(404, "Not Found").body());
  });
  return server;
}

/** GitHub reads a body as JSON whatever its type says; an empty one is none. */
function acceptJson(server: FastifyInstance): void {
  server.removeContentTypeParser(["application/json", "text/plain"]);
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, body === "" ? undefined : JSON.parse(String(body)));
    } catch {
      done(new ApiError(400, "Problems parsing JSON"));
    }
  });
}

function asApiError(error: unknown): ApiError {
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  return status < 500 && error instanceof Error
    ? new ApiError(status, error.message)
    : new ApiError(500, "Server Error");
}

/** Rate limit headers, request id and ETag; a matching `If-None-Match` becomes a 304 that costs nothing. */
function finish(
  usage: Map<string, { used: number; reset: number }>,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): unknown {
  if (!request.url.startsWith("/api/v3")) return payload;
  let body = payload;
  let free = request.url.startsWith("/api/v3/rate_limit");
  if (reply.statusCode < 300 && payload !== undefined && payload !== null) {
    const tag = `"${createHash("sha256")
      .update(payload as string | Buffer)
      .digest("hex")}"`;
    void reply.header("etag", request.method === "GET" ? `W/${tag}` : tag);
    const wanted = request.headers["if-none-match"];
    if (
      request.method === "GET" &&
      wanted?.split(/,\s*/).some((one) => one.replace(/^W\//, "") === tag) === true
    ) {
      void reply.code(304).removeHeader("content-type");
      void reply.removeHeader("content-length");
      body = null;
      free = true;
    }
  }
  void reply.headers(commonHeaders(usage, request, free, reply.statusCode));
  return body;
}

function commonHeaders(
  usage: Map<string, { used: number; reset: number }>,
  request: FastifyRequest,
  free: boolean,
  status: number,
): Record<string, string> {
  const key = request.headers.authorization ?? "";
  let budget = usage.get(key);
  if (budget === undefined || budget.reset < Date.now()) {
    if (usage.size > 1000) usage.clear();
    budget = { used: 0, reset: Date.now() + hourMs };
    usage.set(key, budget);
  }
  if (!free) budget.used += 1;
  const allowed = status === 401 || key === "" ? 60 : limit;
  const version = request.headers["x-github-api-version"];
  return {
    "x-github-request-id": requestId(),
    "x-github-media-type": "github.v3; format=json",
    "x-github-enterprise-version": "3.19.0",
    "x-github-api-version-selected": typeof version === "string" ? version : "2022-11-28",
    "x-ratelimit-limit": String(allowed),
    "x-ratelimit-remaining": String(Math.max(0, allowed - budget.used)),
    "x-ratelimit-used": String(budget.used),
    "x-ratelimit-reset": String(Math.ceil(budget.reset / 1000)),
    "x-ratelimit-resource": "core",
    "cache-control": "private, max-age=60, s-maxage=60",
    vary: "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding",
  };
}

function requestId(): string {
  const hex = randomBytes(18).toString("hex").toUpperCase();
  return [hex.slice(0, 4), hex.slice(4, 8), hex.slice(8, 16), hex.slice(16, 24), hex.slice(24, 32)].join(":");
}

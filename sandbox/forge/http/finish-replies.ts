import { createHash, randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { World } from "../world.ts";
import { ApiError } from "./api-error.ts";
import { loginOf } from "./authenticate.ts";
import { enterpriseVersion, selectedVersion } from "./versions.ts";

/** A REST request and its reply as they were on the wire. */
export interface Exchange {
  method: string;
  url: string;
  /** The API version asked for. */
  version: string;
  requestBody: unknown;
  status: number;
  contentType: string;
  payload: string | null;
}

/** The headers every REST reply of GitHub carries, ETags with their 304, the primary limit, the API version. */
export function finishReplies(
  server: FastifyInstance,
  world: World,
  observe: (exchange: Exchange) => void,
): void {
  server.addHook("preHandler", (request, _reply, done) => {
    if (isApi(request)) {
      selectedVersion(request.headers["x-github-api-version"]);
      refuseExhausted(world, request);
    }
    done();
  });
  server.addHook("onSend", (request, reply, payload, done) => {
    if (!isApi(request)) {
      done(null, payload);
      return;
    }
    if (isRest(request) && !world.faults.answered.has(request)) observe(exchangeOf(request, reply, payload));
    const free = isFree(request);
    const unchanged = isRest(request) && tag(request, reply, payload);
    addHeaders(world, request, reply, free || unchanged);
    done(null, unchanged ? null : payload);
  });
}

const isRest = (request: FastifyRequest): boolean => request.url.startsWith("/api/v3");
const isApi = (request: FastifyRequest): boolean => isRest(request) || request.url.startsWith("/api/graphql");
const isFree = (request: FastifyRequest): boolean => request.url.startsWith("/api/v3/rate_limit");

/** @throws ApiError 403 when nothing is left of the caller's hour. */
function refuseExhausted(world: World, request: FastifyRequest): void {
  const login = loginOf(world, request.headers.authorization);
  const { limit, used } = world.limits.of(login);
  if (used < limit || isFree(request)) return;
  const whom = login === "" ? request.ip : `user ID ${login}`;
  throw new ApiError(403, `API rate limit exceeded for ${whom}.`);
}

function exchangeOf(request: FastifyRequest, reply: FastifyReply, payload: unknown): Exchange {
  const { method, url, body } = request;
  const contentType = String(reply.getHeader("content-type") ?? "");
  const text = typeof payload === "string" ? payload : null;
  const version = String(request.headers["x-github-api-version"] ?? "2022-11-28");
  return { method, url, version, requestBody: body, status: reply.statusCode, contentType, payload: text };
}

/** Sets the ETag; true when the caller has this very content, and the reply has become a 304. */
function tag(request: FastifyRequest, reply: FastifyReply, payload: unknown): boolean {
  if (reply.statusCode >= 300 || payload === undefined || payload === null) return false;
  const hash = `"${createHash("sha256")
    .update(payload as string | Buffer)
    .digest("hex")}"`;
  // As recorded: strong for what was made, weak for the rest.
  void reply.header("etag", reply.statusCode === 201 ? hash : `W/${hash}`);
  const wanted = request.headers["if-none-match"]?.split(/,\s*/) ?? [];
  if (request.method !== "GET" || !wanted.some((one) => one.replace(/^W\//, "") === hash)) return false;
  void reply.code(304).removeHeader("content-type");
  void reply.removeHeader("content-length");
  return true;
}

function addHeaders(world: World, request: FastifyRequest, reply: FastifyReply, free: boolean): void {
  const holder = reply.statusCode === 401 ? "" : loginOf(world, request.headers.authorization);
  const budget = world.limits.of(holder);
  if (!free && budget.used < budget.limit) budget.used += 1;
  const headers: Record<string, string> = {
    "x-github-request-id": requestId(),
    "x-github-media-type": "github.v3; format=json",
    "x-github-enterprise-version": enterpriseVersion,
    "x-github-api-version-selected": String(request.headers["x-github-api-version"] ?? "2022-11-28"),
    "x-ratelimit-limit": String(budget.limit),
    "x-ratelimit-remaining": String(budget.limit - budget.used),
    "x-ratelimit-used": String(budget.used),
    "x-ratelimit-reset": String(Math.ceil(budget.reset / 1000)),
    "x-ratelimit-resource": "core",
    "cache-control": "private, max-age=60, s-maxage=60",
    vary: "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding",
  };
  // What a fault has set stays.
  for (const [name, value] of Object.entries(headers))
    if (!reply.hasHeader(name)) void reply.header(name, value);
}

function requestId(): string {
  const hex = randomBytes(18).toString("hex").toUpperCase();
  return [hex.slice(0, 4), hex.slice(4, 8), hex.slice(8, 16), hex.slice(16, 24), hex.slice(24, 32)].join(":");
}

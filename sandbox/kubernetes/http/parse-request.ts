import type { IncomingMessage } from "node:http";
import type { ApiCluster } from "../api-cluster.ts";
import type { User } from "../auth/user.ts";

/** Where a path below /api or /apis points (apiserver's RequestInfo). */
export interface ResourcePath {
  group: string;
  version: string;
  resource: string;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string;
  /** `/watch/` prefix, the old form of a watch. */
  watchPrefix: boolean;
}

/** One request on its way through the server. */
export interface ApiRequest {
  cluster: ApiCluster;
  user: User;
  method: string;
  /** Path inside the cluster, without the cluster's prefix. */
  path: string;
  query: URLSearchParams;
  incoming: IncomingMessage;
  /** Texts for `Warning` headers. */
  warnings: string[];
  /** Members the body gives twice, in the words of the decoder. */
  duplicates: string[];
  target: ResourcePath | undefined;
  verb: string;
}

/** Reads `/api/v1/…` and `/apis/<group>/<version>/…`; undefined for everything else, discovery included. */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const parts = path
    .split("/")
    .filter((part) => part !== "")
    .map(decode);
  const core = parts[0] === "api";
  if (!core && parts[0] !== "apis") return undefined;
  const group = core ? "" : (parts[1] ?? "");
  const version = core ? parts[1] : parts[2];
  let rest = parts.slice(core ? 2 : 3);
  if (version === undefined || rest.length === 0) return undefined;
  const watchPrefix = rest[0] === "watch";
  if (watchPrefix) rest = rest.slice(1);
  let namespace: string | undefined;
  if (rest[0] === "namespaces" && rest[1] !== undefined) {
    namespace = rest[1];
    const below = rest[2];
    if (below !== undefined && below !== "status" && below !== "finalize") rest = rest.slice(2);
  }
  const [resource = "", name, subresource = ""] = rest;
  return { group, version, resource, namespace, name, subresource, watchPrefix };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The verb RBAC knows this request by. */
export function verbOf(method: string, target: ResourcePath | undefined, query: URLSearchParams): string {
  if (!target) return method.toLowerCase();
  switch (method) {
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return target.name === undefined ? "deletecollection" : "delete";
    case "GET":
    case "HEAD":
      if (target.watchPrefix || (isTrue(query.get("watch")) && target.name === undefined)) return "watch";
      return target.name === undefined ? "list" : "get";
    default:
      return method.toLowerCase();
  }
}

/** A flag of the query: present and not `false` or `0`. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== "false" && value !== "0";
}

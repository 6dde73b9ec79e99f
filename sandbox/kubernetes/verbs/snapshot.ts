import { ApiError, badRequest } from "../api-error.ts";
import type { JsonObject } from "../json.ts";
import type { Stored } from "../store/object-store.ts";
import type { Target } from "./target.ts";

/** Where a list goes on: after which key, and at which revision; -1 = at whatever is the newest. */
export interface ContinueToken {
  revision: number;
  start: string;
}

export function writeToken({ revision, start }: ContinueToken): string {
  return Buffer.from(JSON.stringify({ v: "meta.k8s.io/v1", rv: revision, start })).toString("base64url");
}

/** @throws ApiError 400 for what no list has given out. */
export function readToken(token: string): ContinueToken {
  try {
    const value = JSON.parse(Buffer.from(token, "base64url").toString("utf8")) as {
      rv: unknown;
      start: unknown;
    };
    if (typeof value.rv === "number" && typeof value.start === "string")
      return { revision: value.rv, start: value.start };
  } catch {
    // Not ours: answered below like any other broken token.
  }
  throw badRequest(
    "invalid continue token: continue key is not valid: invalid character 'i' looking for beginning of value",
  );
}

/** Kinds the API server reads from etcd at every request; all others it serves from its watch cache. */
export function isUncached(target: Target): boolean {
  return target.kind.storeKey === "/events";
}

/**
 * The target's objects as they were at `revision`.
 *
 * @throws ApiError 410 when the history no longer reaches there; a list that was under way gets a token with which the
 *   rest comes at a newer version (recorded in compaction).
 */
export function snapshotAt(target: Target, revision: number, token: ContinueToken | undefined): Stored[] {
  const { cluster, kind, namespace } = target;
  const gone = isUncached(target) && revision < cluster.store.compactedRevision;
  const items = gone
    ? undefined
    : cluster.store.listAt(kind.storeKey, kind.namespaced ? namespace : undefined, revision);
  if (items) return items;
  const message = token
    ? "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list."
    : "The resourceVersion for the provided list is too old.";
  const metadata: JsonObject = token ? { continue: writeToken({ ...token, revision: -1 }) } : {};
  const error = new ApiError(410, "Expired", message);
  error.status["metadata"] = metadata;
  throw error;
}

import { ApiError, badRequest, invalid } from "../api-error.ts";
import type { Json, JsonObject } from "../json.ts";
import { objectKey } from "../store/object-store.ts";
import type { Stored } from "../store/object-store.ts";
import { filterOf } from "./selectors.ts";
import { readToken, snapshotAt, writeToken } from "./snapshot.ts";
import { itemText } from "./target.ts";
import type { Target } from "./target.ts";

export interface Listed {
  items: Stored[];
  metadata: JsonObject;
}

/** @throws ApiError 400 for broken parameters, 504 for a version from the future. */
export function listObjects(query: URLSearchParams, target: Target): Listed {
  const { cluster, kind } = target;
  checkVersionRules(query, cluster.store.revision);
  const limit = limitOf(query);
  const token = query.get("continue") ?? "";
  const from = token === "" ? undefined : readToken(token);
  const exact =
    query.get("resourceVersionMatch") === "Exact" ? Number(query.get("resourceVersion")) : undefined;
  const wanted = from?.revision ?? exact ?? -1;
  const revision = wanted < 0 ? cluster.store.revision : wanted;
  const filter = filterOf(query, target);
  let items = snapshotAt(target, revision, from);
  if (from) items = items.filter((item) => keyOf(item) > from.start);
  if (filter) items = items.filter((item) => filter(item.object));
  const page = limit > 0 ? items.slice(0, limit) : items;
  const last = page.at(-1);
  const more = page.length < items.length && last !== undefined;
  const metadata: JsonObject = { resourceVersion: String(revision) };
  if (more) {
    metadata["continue"] = writeToken({ revision, start: keyOf(last) });
    if (!filter) metadata["remainingItemCount"] = items.length - page.length;
  } else if (kind.custom) metadata["continue"] = "";
  return { items: page, metadata };
}

function keyOf(stored: Stored): string {
  return objectKey(stored.object.metadata.namespace, stored.object.metadata.name);
}

/** limit is ignored with resourceVersion=0 (recorded in lists). */
function limitOf(query: URLSearchParams): number {
  const text = query.get("limit") ?? "";
  if (text === "") return 0;
  if (!/^-?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  return query.get("resourceVersion") === "0" && !query.has("continue") ? 0 : Math.max(0, Number(text));
}

function checkVersionRules(query: URLSearchParams, current: number): void {
  const version = query.get("resourceVersion") ?? "";
  const match = query.get("resourceVersionMatch") ?? "";
  const named = { group: "meta.k8s.io", resource: "listoptions", kind: "ListOptions" };
  if (match !== "" && version === "") {
    const message = "Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided";
    throw invalid(named, "", [{ reason: "FieldValueForbidden", message, field: "resourceVersionMatch" }]);
  }
  if (match !== "" && match !== "Exact" && match !== "NotOlderThan") {
    const message = `Unsupported value: "${match}": supported values: "Exact", "NotOlderThan", ""`;
    throw invalid(named, "", [{ reason: "FieldValueNotSupported", message, field: "resourceVersionMatch" }]);
  }
  if (match === "Exact" && version === "0") {
    forbid("resourceVersionMatch", 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
  }
  if (match !== "" && query.get("continue")) {
    forbid("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");
  }
  if (query.has("sendInitialEvents")) forbid("sendInitialEvents", "sendInitialEvents is forbidden for list");
  if (query.get("continue") && version !== "" && version !== "0") {
    throw badRequest("specifying resource version is not allowed when using continue");
  }
  requireReached(version, current);
}

/** @throws ApiError 422 about one of the ListOptions. */
export function forbid(field: string, why: string): never {
  throw invalid({ group: "meta.k8s.io", resource: "listoptions", kind: "ListOptions" }, "", [
    { reason: "FieldValueForbidden", message: `Forbidden: ${why}`, field },
  ]);
}

/** @throws ApiError 400 for what is no number, 504 with Retry-After for a version from the future. */
export function requireReached(version: string, current: number): void {
  if (version === "" || version === "0") return;
  if (!/^\d+$/.test(version)) {
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: "${version}": strconv.ParseUint: parsing "${version}": invalid syntax`,
    );
  }
  if (Number(version) <= current) return;
  const said = `Too large resource version: ${version}, current: ${String(current)}`;
  const causes: Json = [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }];
  throw new ApiError(
    504,
    "Timeout",
    `Timeout: ${said}`,
    { causes, retryAfterSeconds: 1 },
    { "Retry-After": "1" },
  );
}

/** The list as text, joined from the texts of its items. */
export function listText(listed: Listed, target: Target): string {
  const head = { kind: target.kind.listKind, apiVersion: target.apiVersion, metadata: listed.metadata };
  const items = listed.items.map((item) => itemText(item, target)).join(",");
  return `${JSON.stringify(head).slice(0, -1)},"items":[${items}]}\n`;
}

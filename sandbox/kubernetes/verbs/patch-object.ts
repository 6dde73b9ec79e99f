import jsonPatch from "fast-json-patch";
import type { Operation } from "fast-json-patch";
import { ApiError, badRequest, invalid, unsupportedMediaType } from "../api-error.ts";
import { clone, isObject, objectOf } from "../json.ts";
import type { Json } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";
import { checkPatched } from "./patch-problem.ts";
import { readObject } from "./read-object.ts";
import { strategicMerge } from "./strategic-merge.ts";
import { inVersion, storedOf } from "./target.ts";
import type { Target, WriteOptions } from "./target.ts";
import { updateObject } from "./update-object.ts";

/** Media types a PATCH may have; strategic merge only for built-in kinds. */
const types = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  apply: "application/apply-patch+yaml",
};

/** @throws ApiError 415 for media types this kind does not take. */
export function checkPatchType(mediaType: string, target: Target): void {
  const accepted = target.kind.custom
    ? [types.json, types.merge, types.apply]
    : [types.json, types.merge, types.strategic, types.apply];
  if (accepted.includes(mediaType)) return;
  if (!target.kind.custom) throw new ApiError(415, "UnsupportedMediaType", "415: Unsupported Media Type", {});
  throw unsupportedMediaType(
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(", ")}`,
  );
}

/** PATCH by merge, JSON or strategic merge patch. */
export function patchObject(
  mediaType: string,
  patch: Json,
  target: Target,
  options: WriteOptions,
): KubeObject {
  const live = storedOf(target);
  const current = inVersion(live.object, target);
  const patched = patchedBy(mediaType, patch, current);
  if (!isObject(patched)) throw badRequest("the patched object is not an object");
  checkPatched(patched, patch, mediaType === types.strategic, target, options);
  const body = readObject(patched, target, JSON.stringify(patched));
  if (body.metadata.name !== current.metadata.name) {
    throw badRequest(
      `the name of the object (${body.metadata.name}) does not match the name on the URL (${current.metadata.name})`,
    );
  }
  checkUid(body.metadata.uid, current, target);
  return updateObject(body, live, target, options);
}

/** @throws ApiError 422 when a patch speaks of another uid. */
export function checkUid(uid: string | undefined, current: KubeObject, target: Target): void {
  if (uid === undefined || uid === "" || uid === current.metadata.uid) return;
  const message = `Invalid value: "${uid}": field is immutable`;
  const cause = { reason: "FieldValueInvalid", message, field: "metadata.uid" };
  // Validated twice, said once in the message and twice in the causes (recorded in patches).
  const error = invalid(target.kind, current.metadata.name, [cause]);
  objectOf(error.status["details"])["causes"] = target.kind.custom ? [cause, cause] : [cause];
  throw error;
}

function patchedBy(mediaType: string, patch: Json, current: KubeObject): Json {
  if (mediaType === types.json) return jsonPatched(patch, current);
  if (mediaType === types.strategic) return strategicMerge(current, patch, current.kind);
  if (!isObject(patch)) {
    const type = Array.isArray(patch) ? "array" : typeof patch;
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${type} into Go value of type map[string]interface {}`,
    );
  }
  return mergePatched(current, patch);
}

/** RFC 7386. */
export function mergePatched(current: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return clone(patch);
  const result = isObject(current) ? { ...current } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(result, name);
    else if (value !== undefined) result[name] = mergePatched(result[name], value);
  }
  return result;
}

/** RFC 6902; every failed operation is the same 422 (recorded in patches). */
function jsonPatched(patch: Json, current: KubeObject): Json {
  if (!Array.isArray(patch)) {
    throw badRequest(
      "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp",
    );
  }
  const document: Json = clone(current);
  try {
    const operations = patch as unknown as Operation[];
    return jsonPatch.applyPatch<Json>(
      document,
      operations.map((operation) => lenient(operation, document)),
      true,
      true,
      true,
    ).newDocument;
  } catch {
    throw new ApiError(422, "Invalid", "the server rejected our request due to an error in our request", {});
  }
}

/** `replace` of a path that is not there works as `add` (recorded in patches). */
function lenient(operation: Operation, document: Json): Operation {
  if (operation.op !== "replace") return operation;
  try {
    if (jsonPatch.getValueByPointer(document, operation.path) !== undefined) return operation;
  } catch {
    return operation;
  }
  return { op: "add", path: operation.path, value: operation.value as unknown };
}

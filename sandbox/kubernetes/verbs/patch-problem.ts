import { invalid } from "../api-error.ts";
import type { ApiError } from "../api-error.ts";
import { clone, isObject, sayJson } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import { unknownMembers } from "./finish-object.ts";
import type { Target, WriteOptions } from "./target.ts";
import { typeProblem } from "./type-problem.ts";

/**
 * Checks that a patched object decodes, for Strict without unknown members.
 *
 * @throws ApiError 422 that quotes what did not decode: the whole object after a merge or JSON patch, the patch itself
 *   after a strategic merge (recorded in patches; apiserver's patch.go).
 */
export function checkPatched(
  patched: JsonObject,
  patch: Json,
  strategic: boolean,
  target: Target,
  options: WriteOptions,
): void {
  const problem = problemOf(patched, target, options);
  if (problem === undefined) return;
  const quoted = strategic ? goMap(patch) : JSON.stringify(ordered(patched, target.kind.custom));
  throw refusal(JSON.stringify(quoted), problem);
}

function refusal(quoted: string, problem: string): ApiError {
  const message = `Invalid value: ${quoted}: ${problem}`;
  return invalid({ group: "", resource: "", kind: "" }, "", [
    { reason: "FieldValueInvalid", message, field: "patch" },
  ]);
}

function problemOf(patched: JsonObject, target: Target, options: WriteOptions): string | undefined {
  const problem = target.kind.custom ? undefined : typeProblem(target.kind.kind, patched);
  if (problem !== undefined || options.fieldValidation !== "Strict") return problem;
  const unknown = unknownMembers(clone(patched), target).map((name) => `unknown field "${name}"`);
  return unknown.length === 0 ? undefined : `strict decoding error: ${unknown.join(", ")}`;
}

/** Members of ObjectMeta in the order Go writes them. */
const metadataOrder = [
  "name",
  "generateName",
  "namespace",
  "selfLink",
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "labels",
  "annotations",
  "ownerReferences",
  "finalizers",
  "managedFields",
];

function ordered(object: JsonObject, custom: boolean): Json {
  if (custom) return sorted(object);
  const metadata: JsonObject = isObject(object["metadata"]) ? object["metadata"] : {};
  const result: JsonObject = {};
  for (const name of Object.keys(object).sort()) result[name] = sorted(object[name] ?? null);
  result["metadata"] = Object.fromEntries(
    metadataOrder.filter((name) => metadata[name] !== undefined).map((name) => [name, metadata[name]]),
  );
  return result;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(
    names.map((name) => [name, value[name] === undefined ? undefined : sorted(value[name])]),
  );
}

/** A value as Go's `%+v` prints it. */
function goMap(value: Json): string {
  if (value === null) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(goMap).join(" ")}]`;
  if (!isObject(value)) return sayJson(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${name}:${goMap(value[name] ?? null)}`);
  return `map[${members.join(" ")}]`;
}

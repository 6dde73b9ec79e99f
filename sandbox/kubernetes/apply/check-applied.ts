import { ApiError } from "../api-error.ts";
import { isObject, objectOf, sayJson, textOf, textsOf } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import { knowsMember } from "../kinds/builtin-members.ts";
import type { Target } from "../verbs/target.ts";

/**
 * An apply's body has to fit the schema before anything is merged, whatever `fieldValidation` says.
 *
 * @throws ApiError 500 in structured-merge-diff's words (recorded in apply).
 */
export function checkApplied(body: JsonObject, target: Target): void {
  const metadata = objectOf(body["metadata"]);
  const { schema } = target.version;
  const { kind } = target;
  const problem =
    metadataProblem(metadata) ??
    (schema ? problemIn(body, schema, "", true) : builtinProblem(body, kind.kind));
  if (problem === undefined) return;
  const name = `${textOf(metadata["namespace"])}/${textOf(metadata["name"])}`;
  const version = target.apiVersion.includes("/") ? target.apiVersion : `/${target.apiVersion}`;
  const message = `failed to create typed patch object (${name}; ${version}, Kind=${kind.kind}): ${problem}`;
  throw new ApiError(500, undefined, message);
}

function metadataProblem(metadata: JsonObject): string | undefined {
  for (const field of ["name", "namespace"]) {
    const value = metadata[field];
    if (value !== undefined && typeof value !== "string") return unstructured(`.metadata.${field}`, value);
  }
  for (const field of ["labels", "annotations"]) {
    for (const [key, value] of Object.entries(objectOf(metadata[field]))) {
      if (typeof value !== "string") return unstructured(`.metadata.${field}.${key}`, value);
    }
  }
  return undefined;
}

function unstructured(path: string, value: Json | undefined): string {
  return `${path}: expected string, got &value.valueUnstructured{Value:${sayJson(value)}}`;
}

function builtinProblem(body: JsonObject, kind: string): string | undefined {
  const unknown = Object.keys(body).find((name) => !knowsMember(kind, name));
  if (unknown !== undefined) return `.${unknown}: field not declared in schema`;
  if (kind !== "ConfigMap" && kind !== "Secret") return undefined;
  for (const [key, value] of Object.entries(objectOf(body["data"]))) {
    if (typeof value !== "string") return unstructured(`.data.${key}`, value);
  }
  return undefined;
}

const scalars: Record<string, string> = {
  string: "string",
  boolean: "boolean",
  integer: "numeric (int or float)",
  number: "numeric (int or float)",
};

function fits(value: Json, type: string): boolean {
  if (type === "integer" || type === "number") return typeof value === "number";
  return typeof value === type;
}

function problemIn(
  value: Json | undefined,
  schema: JsonObject,
  path: string,
  root: boolean,
): string | undefined {
  if (value === undefined || value === null) return undefined;
  const type = textOf(schema["type"]);
  const scalar = scalars[type];
  if (scalar !== undefined)
    return fits(value, type) ? undefined : `${path}: expected ${scalar}, got &{${said(value)}}`;
  if (type === "array") {
    return Array.isArray(value)
      ? itemProblem(value, schema, path)
      : `${path}: expected list, got &{${said(value)}}`;
  }
  if (type !== "object") return undefined;
  return isObject(value)
    ? memberProblem(value, schema, path, root)
    : `${path}: expected map, got &{${said(value)}}`;
}

function said(value: Json): string {
  return sayJson(value);
}

function itemProblem(value: Json[], schema: JsonObject, path: string): string | undefined {
  const keys =
    schema["x-kubernetes-list-type"] === "map" ? textsOf(schema["x-kubernetes-list-map-keys"]) : [];
  const seen = new Set<string>();
  for (const [i, item] of value.entries()) {
    if (keys.length > 0) {
      const own = objectOf(item);
      if (keys.every((key) => own[key] === undefined)) {
        return `${path}: element ${String(i)}: associative list with keys has an element that omits all key fields ${JSON.stringify(keys)} (and doesn't have default values for any key fields)`;
      }
      const key = keys.map((name) => `${name}=${JSON.stringify(own[name])}`).join(",");
      if (seen.has(key)) return `${path}: duplicate entries for key [${key}]`;
      seen.add(key);
    }
    const problem = problemIn(item, objectOf(schema["items"]), `${path}[${String(i)}]`, false);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function memberProblem(
  value: JsonObject,
  schema: JsonObject,
  path: string,
  root: boolean,
): string | undefined {
  const properties = objectOf(schema["properties"]);
  const others = schema["additionalProperties"];
  const open =
    schema["x-kubernetes-preserve-unknown-fields"] === true ||
    others !== undefined ||
    Object.keys(properties).length === 0;
  for (const [name, member] of Object.entries(value)) {
    if (root && (name === "apiVersion" || name === "kind" || name === "metadata")) continue;
    const property = properties[name];
    const at = `${path}.${name}`;
    if (isObject(property)) {
      const problem = problemIn(member, property, at, false);
      if (problem !== undefined) return problem;
    } else if (isObject(others)) {
      const problem = problemIn(member, others, at, false);
      if (problem !== undefined) return problem;
    } else if (!open) return `${at}: field not declared in schema`;
  }
  return undefined;
}

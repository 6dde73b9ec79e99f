import { badRequest, invalid } from "../api-error.ts";
import { isObject, textOf } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import { splitApiVersion } from "../kinds/kind.ts";
import type { KubeObject, ObjectMeta } from "../kube-object.ts";
import type { Target } from "./target.ts";
import { typeProblem } from "./type-problem.ts";

/**
 * Reads a request's body as an object of the target's kind; name and namespace come from the path where the
 * body is silent.
 *
 * @throws ApiError 400 or 422 in the recorded words when it is of another kind, version, name or namespace.
 */
export function readObject(body: Json, target: Target, text: string): KubeObject {
  const { kind, apiVersion } = target;
  if (body === null && !kind.custom) return readObject({}, target, text);
  if (!isObject(body)) {
    const why = body === null ? "Object 'Kind' is missing in 'null'" : unmarshal(body);
    throw badRequest(unrecognized(kind.kind, why, text));
  }
  const given = { apiVersion: textOf(body["apiVersion"]), kind: textOf(body["kind"]) };
  const missing = given.kind === "" ? "Kind" : given.apiVersion === "" ? "apiVersion" : undefined;
  if (kind.custom && missing !== undefined) {
    throw badRequest(unrecognized(kind.kind, `Object '${missing}' is missing in '${text}'`, text));
  }
  const version = splitApiVersion(apiVersion).version;
  if (!kind.custom && given.kind !== "" && given.kind !== kind.kind) {
    throw badRequest(
      `${given.kind} in version "${version}" cannot be handled as a ${kind.kind}: converting (${version}.${given.kind}) to (core.${kind.kind}): unknown conversion`,
    );
  }
  if (given.apiVersion !== "" && given.apiVersion !== apiVersion) {
    const said = `the API version in the data (${given.apiVersion}) does not match the expected API version (${apiVersion})`;
    throw badRequest(said);
  }
  const metadata = readMetadata(body["metadata"], target);
  if (given.kind !== "" && given.kind !== kind.kind) {
    const message = `Invalid value: "${given.kind}": must be ${kind.kind}`;
    const named = { group: kind.group, resource: kind.resource, kind: given.kind };
    throw invalid(named, metadata.name, [{ reason: "FieldValueInvalid", message, field: "kind" }]);
  }
  const problem = kind.custom ? undefined : typeProblem(kind.kind, body);
  if (problem !== undefined) {
    throw badRequest(`${kind.kind} in version "${version}" cannot be handled as a ${kind.kind}: ${problem}`);
  }
  return { ...body, apiVersion, kind: kind.kind, metadata };
}

function unmarshal(body: Json): string {
  return `couldn't get version/kind; json parse error: json: cannot unmarshal ${Array.isArray(body) ? "array" : typeof body} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`;
}

/** What a body that is no object of any kind is answered with, the body shortened (apimachinery, summarizeData). */
export function unrecognized(kind: string, why: string, text: string): string {
  return `the object provided is unrecognized (must be of type ${kind}): ${why} (${summaryOf(text)})`;
}

function summaryOf(text: string): string {
  if (text === "") return "<empty>";
  const bytes = Buffer.from(text);
  const start = bytes.subarray(0, 30);
  return `${text.startsWith("{") ? start.toString() : start.toString("hex")}${bytes.length > 30 ? " ..." : ""}`;
}

function readMetadata(given: Json | undefined, target: Target): ObjectMeta {
  const source: JsonObject = isObject(given) ? given : {};
  const { namespace, kind } = target;
  const own = textOf(source["namespace"]);
  if (own !== "" && own !== (namespace ?? "")) {
    if (kind.namespaced) {
      throw badRequest(
        "the namespace of the provided object does not match the namespace sent on the request",
      );
    }
  }
  checkTypes(source, target);
  const metadata: ObjectMeta = { ...source, name: textOf(source["name"]) };
  delete metadata.namespace;
  if (kind.namespaced && namespace !== undefined) metadata.namespace = namespace;
  for (const key of Object.keys(metadata)) if (metadata[key] === null) Reflect.deleteProperty(metadata, key);
  return metadata;
}

/** Text maps with other values do not decode (400). */
function checkTypes(metadata: JsonObject, target: Target): void {
  for (const field of ["labels", "annotations"]) {
    const map = metadata[field];
    if (map === undefined || map === null) continue;
    const wrong = isObject(map) ? Object.values(map).find((value) => typeof value !== "string") : map;
    if (wrong === undefined) continue;
    const version = splitApiVersion(target.apiVersion).version;
    const type = wrong === null ? "null" : typeof wrong === "boolean" ? "bool" : typeof wrong;
    throw badRequest(
      `${target.kind.kind} in version "${version}" cannot be handled as a ${target.kind.kind}: json: cannot unmarshal ${type} into Go struct field ObjectMeta.metadata.${field} of type string`,
    );
  }
}

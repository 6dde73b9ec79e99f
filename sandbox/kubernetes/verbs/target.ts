import type { ApiCluster } from "../api-cluster.ts";
import { forbidden, invalid, notFound } from "../api-error.ts";
import type { ApiError } from "../api-error.ts";
import { authorize } from "../auth/authorize.ts";
import type { User } from "../auth/user.ts";
import { schemaOfBuiltin } from "../apply/builtin-schema.ts";
import { schemaOfCustom } from "../apply/field-schema.ts";
import type { FieldSchema } from "../apply/field-schema.ts";
import type { ApiRequest } from "../http/parse-request.ts";
import { omit } from "../json.ts";
import { eventInVersion } from "../kinds/event-versions.ts";
import { apiVersionOf } from "../kinds/kind.ts";
import type { Kind, KindVersion } from "../kinds/kind.ts";
import type { KubeObject } from "../kube-object.ts";
import { restOfText } from "../store/object-store.ts";
import type { Stored } from "../store/object-store.ts";

/** The resource a request is about, resolved against what the cluster serves. */
export interface Target {
  cluster: ApiCluster;
  user: User;
  kind: Kind;
  version: KindVersion;
  apiVersion: string;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string;
}

/** How a write is to be done, from the query. */
export interface WriteOptions {
  dryRun: boolean;
  manager: string;
  fieldValidation: string;
  force: boolean;
  /** Members the body gives twice; emptied when they have been said. */
  duplicates: string[];
  warn: (text: string) => void;
}

export function fieldSchemaOf(target: Target): FieldSchema {
  return target.kind.custom ? schemaOfCustom(target.version.schema) : schemaOfBuiltin(target.kind.kind);
}

/** The stored object in the version that was asked for (conversion None: only apiVersion differs). */
export function inVersion(object: KubeObject, target: Target): KubeObject {
  if (object.kind === "Event") return eventInVersion(object, target.apiVersion);
  return object.apiVersion === target.apiVersion ? object : { ...object, apiVersion: target.apiVersion };
}

export function textInVersion(stored: Stored, target: Target): string {
  if (target.kind.kind === "Event") return JSON.stringify(inVersion(stored.object, target));
  return `{"apiVersion":"${target.apiVersion}","kind":"${target.kind.kind}",${restOfText(stored)}`;
}

/** The same as an item of a list: built-in kinds leave apiVersion and kind to the list (recorded). */
export function itemText(stored: Stored, target: Target): string {
  if (target.kind.custom) return textInVersion(stored, target);
  if (target.kind.kind !== "Event") return `{${restOfText(stored)}`;
  return JSON.stringify(omit(inVersion(stored.object, target), "apiVersion", "kind"));
}

/** The same object under its storage version. */
export function inStorageVersion(object: KubeObject, target: Target): KubeObject {
  if (object.kind === "Event") return eventInVersion(object, "v1");
  return { ...object, apiVersion: apiVersionOf(target.kind.group, target.kind.storageVersion) };
}

/** @throws ApiError 404 */
export function storedOf(target: Target): Stored {
  const { cluster, kind, namespace, name = "" } = target;
  const stored = cluster.store.get(kind.storeKey, kind.namespaced ? namespace : undefined, name);
  if (!stored) throw notFound(kind, name);
  return stored;
}

export function writeOptionsOf(request: ApiRequest): WriteOptions {
  const dryRun = request.query.getAll("dryRun").filter((value) => value !== "");
  const verb = { create: "Create", update: "Update" }[request.verb] ?? "Patch";
  const options = { group: "meta.k8s.io", resource: "", kind: `${verb}Options` };
  if (dryRun.some((value) => value !== "All")) {
    const message = `Unsupported value: ${JSON.stringify(dryRun)}: supported values: "All"`;
    throw invalid(options, "", [{ reason: "FieldValueNotSupported", message, field: "dryRun" }]);
  }
  const fieldValidation = request.query.get("fieldValidation") ?? "";
  if (!["", "Ignore", "Strict", "Warn"].includes(fieldValidation)) {
    const message = `Unsupported value: "${fieldValidation}": supported values: "", "Ignore", "Strict", "Warn"`;
    throw invalid(options, "", [{ reason: "FieldValueNotSupported", message, field: "fieldValidation" }]);
  }
  if ((request.query.get("fieldManager") ?? "").length > 128) {
    const message = "Too long: may not be more than 128 bytes";
    throw invalid(options, "", [{ reason: "FieldValueTooLong", message, field: "fieldManager" }]);
  }
  const agent = request.incoming.headers["user-agent"] ?? "";
  return {
    dryRun: dryRun.length > 0,
    manager: request.query.get("fieldManager") || managerOf(agent),
    fieldValidation,
    force: request.query.get("force") === "true",
    duplicates: request.duplicates,
    warn: (text) => request.warnings.push(text),
  };
}

/** The user agent up to its first slash, at most 128 characters (apiserver's prefixFromUserAgent). */
function managerOf(agent: string): string {
  return (agent.split("/", 1)[0] ?? "").slice(0, 128) || "unknown";
}

/** @throws ApiError 403 in the authorizer's words. */
export function requireVerb(target: Target, verb: string): void {
  const { kind, namespace, name, subresource } = target;
  const allowed = authorize(target.cluster, target.user, {
    verb,
    group: kind.group,
    resource: kind.resource,
    subresource,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  }).allowed;
  if (!allowed) throw deniedVerb(target.user, verb, kind, subresource, namespace, name);
}

export function deniedVerb(
  user: User,
  verb: string,
  kind: { group: string; resource: string; kind: string },
  subresource: string,
  namespace: string | undefined,
  name: string | undefined,
): ApiError {
  const resource = subresource === "" ? kind.resource : `${kind.resource}/${subresource}`;
  const where = namespace === undefined ? "at the cluster scope" : `in the namespace "${namespace}"`;
  const why = `User "${user.username}" cannot ${verb} resource "${resource}" in API group "${kind.group}" ${where}`;
  return forbidden(kind, name ?? "", why);
}

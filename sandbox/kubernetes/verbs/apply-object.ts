import { ApiError, badRequest, conflict, invalid, modifiedMeanwhile } from "../api-error.ts";
import { checkApplied } from "../apply/check-applied.ts";
import { applyFields } from "../apply/managed-fields.ts";
import type { FieldConflict } from "../apply/managed-fields.ts";
import { saidPath } from "../apply/field-set.ts";
import { clone, isObject, omit, textOf } from "../json.ts";
import type { Json } from "../json.ts";
import type { KubeObject, ObjectMeta } from "../kube-object.ts";
import { requireNamespace, storeNew, withServerMetadata, writerOf } from "./create-object.ts";
import { fillDefaults, dropUnknown } from "./finish-object.ts";
import { checkUid } from "./patch-object.ts";
import { fieldSchemaOf, inVersion, requireVerb, storedOf } from "./target.ts";
import type { Target, WriteOptions } from "./target.ts";
import { storeChanged } from "./update-object.ts";

/**
 * PATCH with application/apply-patch+yaml: creates what is missing, otherwise merges by ownership.
 *
 * @throws ApiError 409 with one cause per conflicting field unless forced.
 */
export function applyObject(
  body: Json,
  target: Target,
  options: WriteOptions,
): { created: boolean; object: KubeObject } {
  const config = readConfig(body, target);
  sayDuplicates(options);
  checkApplied(isObject(body) ? body : {}, target);
  const { cluster, kind, namespace, name = "" } = target;
  const live = cluster.store.get(kind.storeKey, kind.namespaced ? namespace : undefined, name);
  if (!live) {
    if (target.subresource !== "") storedOf(target);
    return { created: true, object: createApplied(config, target, options) };
  }
  const current = inVersion(live.object, target);
  const { resourceVersion, uid } = config.metadata;
  if (
    resourceVersion !== undefined &&
    resourceVersion !== "" &&
    resourceVersion !== current.metadata.resourceVersion
  ) {
    throw conflict(kind, name, modifiedMeanwhile);
  }
  checkUid(uid, current, target);
  const schema = fieldSchemaOf(target);
  const applied = applyFields(
    current,
    config,
    writerOf(target, options),
    schema,
    options.force,
    target.version.status,
  );
  if (applied.conflicts.length > 0) throw conflictError(applied.conflicts);
  const next = withLiveParts(applied.object, current, target);
  dropUnknown(next, target, { ...options, fieldValidation: "Ignore" });
  fillDefaults(next, current, target, "keep");
  return { created: false, object: storeChanged(next, live, target, options) };
}

/** @throws ApiError 400 for keys given twice, with fieldValidation=Strict. */
function sayDuplicates(options: WriteOptions): void {
  const duplicates = options.duplicates.splice(0);
  if (options.fieldValidation === "Strict" && duplicates.length > 0) {
    throw badRequest(
      `error strict decoding YAML: ${["yaml: unmarshal errors:", ...duplicates].join("\n  ")}`,
    );
  }
  if (options.fieldValidation !== "Ignore") for (const text of duplicates) options.warn(text);
}

function createApplied(config: KubeObject, target: Target, options: WriteOptions): KubeObject {
  requireVerb(target, "create");
  requireNamespace(target, target.name);
  const { uid } = config.metadata;
  if (uid !== undefined && uid !== "") {
    const why = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
    throw conflict(target.kind, config.metadata.name, why);
  }
  const object = withServerMetadata(config, target);
  const { object: owned } = applyFields(
    undefined,
    config,
    writerOf(target, options),
    fieldSchemaOf(target),
    true,
    target.version.status,
  );
  if (owned.metadata.managedFields) object.metadata.managedFields = owned.metadata.managedFields;
  dropUnknown(object, target, { ...options, fieldValidation: "Ignore" });
  fillDefaults(object, undefined, target, "keep");
  return storeNew(object, target, options, target.namespace, target.cluster, target.kind.storeKey);
}

function readConfig(body: Json, target: Target): KubeObject {
  const { kind, apiVersion, name = "", namespace } = target;
  const given = isObject(body) ? body : {};
  if (given["apiVersion"] !== apiVersion || given["kind"] !== kind.kind) {
    const version = textOf(given["apiVersion"]);
    throw badRequest(`invalid object type: ${version === "" ? "/" : version}, Kind=${textOf(given["kind"])}`);
  }
  const source = isObject(given["metadata"]) ? clone(given["metadata"]) : {};
  if (source["managedFields"] !== undefined) throw badRequest("metadata.managedFields must be nil");
  const own = textOf(source["name"]);
  if (own !== "" && own !== name) {
    throw badRequest(`the name of the object (${own}) does not match the name on the URL (${name})`);
  }
  const ownNamespace = textOf(source["namespace"]);
  if (kind.namespaced && ownNamespace !== "" && ownNamespace !== namespace) {
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  }
  const metadata: ObjectMeta = { ...source, name };
  if (kind.namespaced && namespace !== undefined) metadata.namespace = namespace;
  if (source["creationTimestamp"] === null) delete metadata.creationTimestamp;
  return onlyWritten({ ...clone(given), apiVersion, kind: kind.kind, metadata }, target);
}

/** Drops what this endpoint does not write, so that nobody comes to own it. */
function onlyWritten(config: KubeObject, target: Target): KubeObject {
  if (target.subresource === "status") {
    const { apiVersion, kind, metadata, status } = config;
    const identity = omit(metadata, "labels", "annotations", "finalizers");
    return { apiVersion, kind, metadata: identity, ...(status === undefined ? {} : { status }) };
  }
  if (target.version.status) delete config["status"];
  return config;
}

/** What the server keeps to itself, and the parts this endpoint does not write. */
function withLiveParts(object: KubeObject, current: KubeObject, target: Target): KubeObject {
  const metadata: ObjectMeta = { ...object.metadata };
  for (const field of [
    "uid",
    "creationTimestamp",
    "generation",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "resourceVersion",
  ] as const) {
    if (current.metadata[field] === undefined) Reflect.deleteProperty(metadata, field);
    else Reflect.set(metadata, field, current.metadata[field]);
  }
  const next: KubeObject = { ...object, metadata };
  if (target.subresource === "status") {
    const managed = metadata.managedFields;
    const kept: KubeObject = {
      ...current,
      metadata: { ...current.metadata, ...(managed ? { managedFields: managed } : {}) },
    };
    if (next["status"] !== undefined) kept["status"] = next["status"];
    else delete kept["status"];
    return kept;
  }
  if (target.version.status) {
    if (current["status"] === undefined) delete next["status"];
    else next["status"] = current["status"];
  }
  return next;
}

/** @see recorded texts in apply */
function conflictError(conflicts: FieldConflict[]): ApiError {
  const said = (one: FieldConflict) => {
    const using = one.operation === "Update" ? ` using ${one.apiVersion}` : "";
    return `"${one.manager}"${one.subresource === "" ? "" : ` with subresource "${one.subresource}"`}${using}`;
  };
  const order = (cause: { message: string; field: string }) => `${cause.message}\u0000${cause.field}`;
  const causes = conflicts
    .map((one) => ({
      reason: "FieldManagerConflict",
      message: `conflict with ${said(one)}`,
      field: saidPath(one.path),
    }))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const groups = Map.groupBy(causes, (cause) => cause.message);
  const text =
    causes.length === 1
      ? causes.map((cause) => `${cause.message}: ${cause.field}`).join("")
      : [...groups]
          .map(([message, list]) =>
            [message.replace("conflict", "conflicts") + ":", ...list.map((cause) => `- ${cause.field}`)].join(
              "\n",
            ),
          )
          .join("\n");
  const plural = causes.length === 1 ? "conflict" : "conflicts";
  return new ApiError(409, "Conflict", `Apply failed with ${String(causes.length)} ${plural}: ${text}`, {
    causes,
  });
}

/** @throws ApiError 422 for options only an apply, or only other patches, may have. */
export function checkApplyOptions(query: URLSearchParams, isApply: boolean): void {
  const named = { group: "meta.k8s.io", resource: "patchoptions", kind: "PatchOptions" };
  const manager = query.get("fieldManager") ?? "";
  if (isApply && manager === "") {
    const message = "Required value: is required for apply patch";
    throw invalid(named, "", [{ reason: "FieldValueRequired", message, field: "fieldManager" }]);
  }
  if (!isApply && query.has("force")) {
    const message = "Forbidden: may not be specified for non-apply patch";
    throw invalid(named, "", [{ reason: "FieldValueForbidden", message, field: "force" }]);
  }
  const at = manager.search(/[\u0000-\u001f\u007f]/);
  if (at >= 0) {
    const code = manager.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
    const message = `Invalid value: ${JSON.stringify(manager)}: invalid character U+${code} (at position ${String(at)})`;
    throw invalid(named, "", [{ reason: "FieldValueInvalid", message, field: "fieldManager" }]);
  }
}

import { admit } from "../admission/admit.ts";
import { ApiError, conflict, invalid, modifiedMeanwhile } from "../api-error.ts";
import { trackUpdate } from "../apply/managed-fields.ts";
import { checkEscalation } from "../auth/check-escalation.ts";
import { defaultNode } from "../kinds/node-defaults.ts";
import { omit, sameJson, textOf } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { KubeObject, ManagedFieldsEntry } from "../kube-object.ts";
import type { Stored } from "../store/object-store.ts";
import { writerOf } from "./create-object.ts";
import { checkObject, dropUnknown, fillDefaults } from "./finish-object.ts";
import { fieldSchemaOf, inStorageVersion, inVersion } from "./target.ts";
import type { Target, WriteOptions } from "./target.ts";

/**
 * PUT, and the end of every patch: replaces `live` by `body`, as far as the endpoint allows.
 *
 * @throws ApiError 409 for an old resourceVersion or another uid, 422 for invalid content.
 */
export function updateObject(
  body: KubeObject,
  live: Stored,
  target: Target,
  options: WriteOptions,
): KubeObject {
  const current = inVersion(live.object, target);
  checkVersions(body, current, target);
  const next = withKeptParts(body, current, target);
  dropUnknown(next, target, options);
  fillDefaults(next, current, target);
  trackUpdate(current, next, writerOf(target, options), fieldSchemaOf(target), target.version.status);
  return storeChanged(next, live, target, options);
}

/** Generation, validation, admission and the write; also the end of an apply. */
export function storeChanged(
  next: KubeObject,
  live: Stored,
  target: Target,
  options: WriteOptions,
): KubeObject {
  const current = inVersion(live.object, target);
  if (next.kind === "Node") defaultNode(next);
  if (isSame(current, next)) return live.object;
  if (target.kind.hasGeneration && !sameJson(content(current, target), content(next, target))) {
    next.metadata.generation = (current.metadata.generation ?? 1) + 1;
  }
  checkEscalation(next, current, target);
  checkObject(next, current, target);
  admit({
    operation: "UPDATE",
    target,
    object: next,
    oldObject: current,
    dryRun: options.dryRun,
    warn: options.warn,
  });
  const stored = inStorageVersion(next, target);
  if (options.dryRun)
    return { ...stored, metadata: { ...stored.metadata, resourceVersion: String(live.revision) } };
  const { store } = target.cluster;
  if (isGone(stored)) {
    const last = { ...stored, metadata: { ...stored.metadata, resourceVersion: String(live.revision) } };
    // Watchers see the object as it was before its last finalizer went (recorded in deletion).
    store.remove(target.kind.storeKey, live.object);
    return last;
  }
  return store.put(target.kind.storeKey, stored).object;
}

/** Deleted before, and the last finalizer is away. */
function isGone(object: KubeObject): boolean {
  if (object.metadata.deletionTimestamp === undefined) return false;
  if ((object.metadata.finalizers ?? []).length > 0) return false;
  const spec = object["spec"];
  const held =
    object.kind === "Namespace" && typeof spec === "object" && spec !== null && !Array.isArray(spec);
  return !(held && Array.isArray(spec["finalizers"]) && spec["finalizers"].length > 0);
}

function checkVersions(body: KubeObject, current: KubeObject, target: Target): void {
  const { kind } = target;
  const version = body.metadata.resourceVersion ?? "";
  const name = current.metadata.name;
  const uid = body.metadata.uid ?? "";
  if (uid !== "" && uid !== current.metadata.uid) {
    const key = `/registry/${kind.group}/${kind.resource}/${target.namespace ?? ""}/${name}`.replaceAll(
      "//",
      "/",
    );
    const why = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid ?? ""}`;
    throw conflict(kind, name, why);
  }
  if (version === "" || version === "0") {
    if (kind.custom) {
      const message = "Invalid value: 0: must be specified for an update";
      throw invalid({ ...kind, kind: kind.resource }, name, [
        { reason: "FieldValueInvalid", message, field: "metadata.resourceVersion" },
      ]);
    }
  } else if (!/^\d+$/.test(version)) {
    throw new ApiError(
      500,
      undefined,
      `strconv.ParseUint: parsing ${JSON.stringify(version)}: invalid syntax`,
    );
  } else if (version !== current.metadata.resourceVersion) {
    throw conflict(kind, name, modifiedMeanwhile);
  }
}

/** The parts of `current` this endpoint does not write, over the parts of `body` it does. */
function withKeptParts(body: KubeObject, current: KubeObject, target: Target): KubeObject {
  const metadata = { ...body.metadata, name: current.metadata.name };
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
  Reflect.deleteProperty(metadata, "selfLink");
  if (target.subresource === "status") return withStatusOf(body, current, metadata.managedFields, target);
  const next: KubeObject = { ...body, metadata };
  if (target.version.status) keepMember(next, current, "status");
  if (current.kind === "Namespace") keepMember(next, current, "spec");
  return next;
}

function withStatusOf(
  body: KubeObject,
  current: KubeObject,
  managedFields: ManagedFieldsEntry[] | undefined,
  target: Target,
): KubeObject {
  const own = target.kind.custom ? current.metadata : { ...current.metadata, ...labelsOf(body) };
  const next: KubeObject = {
    ...current,
    metadata: { ...own, ...(managedFields === undefined ? {} : { managedFields }) },
  };
  keepMember(next, body, "status");
  return next;
}

function labelsOf(body: KubeObject): JsonObject {
  const { labels, annotations } = body.metadata;
  return { ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) };
}

function keepMember(next: KubeObject, from: KubeObject, name: string): void {
  if (from[name] === undefined) Reflect.deleteProperty(next, name);
  else next[name] = from[name];
}

/** What generation counts: everything but metadata and, with a status subresource, status. */
function content(object: KubeObject, target: Target): JsonObject {
  return target.version.status ? omit(object, "metadata", "status") : omit(object, "metadata");
}

/** Nothing but times of managedFields differs: no write, no event, no new version. */
function isSame(current: KubeObject, next: KubeObject): boolean {
  return sameJson(withoutTimes(current), withoutTimes(next));
}

function entryKey(entry: JsonObject): string {
  return ["operation", "manager", "apiVersion", "subresource"].map((name) => textOf(entry[name])).join(" ");
}

function withoutTimes(object: KubeObject): JsonObject {
  const metadata = omit(object.metadata, "resourceVersion");
  // Entries are ordered by time, so they are compared in an order of their own.
  const entries = (metadata.managedFields ?? []).map((entry) => omit(entry, "time"));
  entries.sort((a, b) => (entryKey(a) < entryKey(b) ? -1 : 1));
  return { ...object, metadata: { ...metadata, managedFields: entries } };
}

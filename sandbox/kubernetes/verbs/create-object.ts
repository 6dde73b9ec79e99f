import { randomBytes, randomUUID } from "node:crypto";
import { admit } from "../admission/admit.ts";
import { alreadyExists, ApiError, beingDeleted, forbidden, notFound } from "../api-error.ts";
import { checkEscalation } from "../auth/check-escalation.ts";
import { defaultNode, taintNewNode } from "../kinds/node-defaults.ts";
import { trackUpdate } from "../apply/managed-fields.ts";
import type { KubeObject } from "../kube-object.ts";
import { checkObject, dropUnknown, fillDefaults } from "./finish-object.ts";
import { fieldSchemaOf, inStorageVersion } from "./target.ts";
import type { Target, WriteOptions } from "./target.ts";

export function timestamp(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

/** Letters and digits a generated name may end with (apimachinery, rand.String). */
const alphabet = "bcdfghjklmnpqrstvwxz2456789";

function suffix(): string {
  return [...randomBytes(5)].map((byte) => alphabet[byte % alphabet.length]).join("");
}

/**
 * POST: stores a new object and returns it as stored (with `dryRun`, as it would be).
 *
 * @throws ApiError 409, 422, 404 for a missing namespace, 403 in a terminating one.
 */
export function createObject(body: KubeObject, target: Target, options: WriteOptions): KubeObject {
  const { cluster, kind, namespace } = target;
  if (textIn(body.metadata.resourceVersion) !== "" && textIn(body.metadata.resourceVersion) !== "0") {
    throw new ApiError(500, undefined, "resourceVersion should not be set on objects to be created");
  }
  requireNamespace(target, body.metadata.name);
  const object = withServerMetadata(body, target);
  dropUnknown(object, target, options);
  fillDefaults(object, undefined, target);
  trackUpdate(undefined, object, writerOf(target, options), fieldSchemaOf(target), target.version.status);
  return storeNew(object, target, options, namespace, cluster, kind.storeKey);
}

/** Admission, validation and the write itself; also the end of an apply that creates. */
export function storeNew(
  object: KubeObject,
  target: Target,
  options: WriteOptions,
  namespace: string | undefined,
  cluster: Target["cluster"],
  storeKey: string,
): KubeObject {
  setOwnerless(object, target);
  checkEscalation(object, undefined, target);
  checkObject(object, undefined, target);
  admit({
    operation: "CREATE",
    target,
    object,
    oldObject: undefined,
    dryRun: options.dryRun,
    warn: options.warn,
  });
  const existing = cluster.store.get(
    storeKey,
    target.kind.namespaced ? namespace : undefined,
    object.metadata.name,
  );
  if (existing) {
    const name = object.metadata.name;
    throw existing.object.metadata.deletionTimestamp === undefined
      ? alreadyExists(target.kind, name)
      : beingDeleted(target.kind, name);
  }
  const stored = inStorageVersion(object, target);
  return options.dryRun ? stored : cluster.store.put(storeKey, stored).object;
}

/** Set behind the field manager's back: nobody owns these (recorded in apply, core and admission). */
function setOwnerless(object: KubeObject, { cluster }: Target): void {
  if (object.kind === "Namespace") {
    object["spec"] = { finalizers: ["kubernetes"] };
    object["status"] = { phase: "Active" };
  }
  if (object.kind === "ValidatingAdmissionPolicy") object["status"] = {};
  if (object.kind === "Node") {
    defaultNode(object);
    // With controllers around, the node lifecycle controller would take the taint off at once.
    if (!cluster.webhooks) taintNewNode(object);
  }
}

export function writerOf(target: Target, options: WriteOptions) {
  return { manager: options.manager, apiVersion: target.apiVersion, subresource: target.subresource };
}

/** @throws ApiError 404 when the namespace is missing, 403 when it is terminating. */
export function requireNamespace(target: Target, name: string | undefined): void {
  const { cluster, kind, namespace } = target;
  if (!kind.namespaced || namespace === undefined) return;
  const found = cluster.store.get("/namespaces", undefined, namespace);
  if (!found) {
    throw notFound({ group: "", resource: "namespaces", kind: "Namespace" }, namespace);
  }
  if (found.object.metadata.deletionTimestamp !== undefined) {
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
    const message = `namespace ${namespace} is being terminated`;
    const causes = [{ reason: "NamespaceTerminating", message, field: "metadata.namespace" }];
    throw forbidden(kind, name ?? "", why, { causes });
  }
}

function textIn(value: string | undefined): string {
  return value ?? "";
}

export function withServerMetadata(body: KubeObject, target: Target): KubeObject {
  const { kind } = target;
  const metadata = { ...body.metadata };
  for (const field of [
    "resourceVersion",
    "selfLink",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "managedFields",
    "generation",
  ]) {
    Reflect.deleteProperty(metadata, field);
  }
  if (metadata.name === "" && metadata.generateName) metadata.name = `${metadata.generateName}${suffix()}`;
  metadata.uid = randomUUID();
  metadata.creationTimestamp = timestamp();
  if (kind.hasGeneration) metadata.generation = 1;
  const object: KubeObject = { ...body, metadata };
  // A kubelet registers its Node with its status (recorded in core).
  if (target.version.status && kind.kind !== "Node") delete object["status"];
  return object;
}

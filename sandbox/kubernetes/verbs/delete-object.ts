import { admit } from "../admission/admit.ts";
import { badRequest, conflict, forbidden, invalid } from "../api-error.ts";
import { isObject, sayJson, textsOf } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";
import type { Stored } from "../store/object-store.ts";
import { timestamp } from "./create-object.ts";
import { inStorageVersion, inVersion } from "./target.ts";
import type { Target } from "./target.ts";

export interface DeleteOptions {
  dryRun: boolean;
  propagation: string | undefined;
  uid: string | undefined;
  resourceVersion: string | undefined;
  warn: (text: string) => void;
}

/** DeleteOptions from body and query. */
export function deleteOptionsOf(
  body: Json | undefined,
  query: URLSearchParams,
  warn: (text: string) => void,
): DeleteOptions {
  const options: JsonObject = isObject(body) ? body : {};
  checkDeleteBody(options, query);
  const preconditions = isObject(options["preconditions"]) ? options["preconditions"] : {};
  const text = (value: Json | undefined) => (typeof value === "string" && value !== "" ? value : undefined);
  const propagation = text(options["propagationPolicy"]) ?? query.get("propagationPolicy") ?? undefined;
  if (propagation !== undefined && !["Background", "Foreground", "Orphan"].includes(propagation)) {
    const message = `Unsupported value: "${propagation}": supported values: "Foreground", "Background", "Orphan", "nil"`;
    throw invalid({ group: "meta.k8s.io", resource: "", kind: "DeleteOptions" }, "", [
      { reason: "FieldValueNotSupported", message, field: "propagationPolicy" },
    ]);
  }
  const both = options["orphanDependents"] !== undefined && propagation !== undefined;
  if (both) {
    const message = `Invalid value: "${propagation}": orphanDependents and deletionPropagation cannot be both set`;
    throw invalid({ group: "meta.k8s.io", resource: "", kind: "DeleteOptions" }, "", [
      { reason: "FieldValueInvalid", message, field: "propagationPolicy" },
    ]);
  }
  const orphan = options["orphanDependents"] === true || query.get("orphanDependents") === "true";
  return {
    dryRun: textsOf(options["dryRun"]).includes("All") || query.getAll("dryRun").includes("All"),
    propagation: orphan ? "Orphan" : propagation,
    uid: text(preconditions["uid"]),
    resourceVersion: text(preconditions["resourceVersion"]),
    warn,
  };
}

/** @throws ApiError 400 for a body that is no DeleteOptions, or a grace period that is no number. */
function checkDeleteBody({ apiVersion, kind }: JsonObject, query: URLSearchParams): void {
  const grace = query.get("gracePeriodSeconds") ?? "";
  if (grace !== "" && !/^-?\d+$/.test(grace)) {
    throw badRequest(`strconv.ParseInt: parsing "${grace}": invalid syntax`);
  }
  if (typeof kind !== "string" || kind === "" || kind === "DeleteOptions") return;
  throw badRequest(
    `no kind "${kind}" is registered for version "${sayJson(apiVersion)}" in scheme "pkg/runtime/scheme.go:111"`,
  );
}

/** What a DELETE did: the object is gone, or waits for its finalizers. */
export interface Deleted {
  gone: boolean;
  object: KubeObject;
}

/** @throws ApiError 409 for preconditions, 403 or 422 from admission. */
export function deleteObject(live: Stored, target: Target, options: DeleteOptions): Deleted {
  const current = live.object;
  if (
    current.kind === "Namespace" &&
    ["default", "kube-public", "kube-system"].includes(current.metadata.name)
  ) {
    throw forbidden(target.kind, current.metadata.name, "this namespace may not be deleted");
  }
  checkPreconditions(current, target, options);
  admit({
    operation: "DELETE",
    target: { ...target, name: current.metadata.name, namespace: current.metadata.namespace },
    object: undefined,
    oldObject: inVersion(current, target),
    dryRun: options.dryRun,
    warn: options.warn,
  });
  const finalizers = finalizersAfter(current, options);
  const waits = finalizers.length > 0 || current.kind === "Namespace";
  if (!waits) {
    if (!options.dryRun)
      target.cluster.store.remove(target.kind.storeKey, withFinalizers(current, finalizers));
    return { gone: true, object: current };
  }
  if (
    current.metadata.deletionTimestamp !== undefined &&
    finalizers.length === (current.metadata.finalizers ?? []).length
  ) {
    return { gone: false, object: current };
  }
  const marked = withFinalizers(current, finalizers);
  marked.metadata.deletionTimestamp ??= timestamp();
  marked.metadata.deletionGracePeriodSeconds ??= 0;
  if (marked.metadata.generation !== undefined && current.metadata.deletionTimestamp === undefined) {
    marked.metadata.generation += 1;
  }
  if (current.kind === "Namespace") {
    delete marked.metadata.deletionGracePeriodSeconds;
    marked["status"] = { phase: "Terminating" };
  }
  const stored = inStorageVersion(marked, target);
  return {
    gone: false,
    object: options.dryRun ? stored : target.cluster.store.put(target.kind.storeKey, stored).object,
  };
}

function withFinalizers(object: KubeObject, finalizers: string[]): KubeObject {
  const metadata = { ...object.metadata, finalizers };
  if (finalizers.length === 0) Reflect.deleteProperty(metadata, "finalizers");
  return { ...object, metadata };
}

/** `orphan` and `foregroundDeletion` are finalizers the garbage collector works off. */
function finalizersAfter(object: KubeObject, options: DeleteOptions): string[] {
  const finalizers = (object.metadata.finalizers ?? []).filter(
    (name) => options.propagation === undefined || (name !== "orphan" && name !== "foregroundDeletion"),
  );
  if (options.propagation === "Orphan") finalizers.push("orphan");
  if (options.propagation === "Foreground") finalizers.push("foregroundDeletion");
  return finalizers;
}

function checkPreconditions(object: KubeObject, target: Target, options: DeleteOptions): void {
  const { name, uid = "", resourceVersion = "" } = object.metadata;
  const named = { ...target.kind, resource: target.kind.kind };
  if (options.uid !== undefined && options.uid !== uid) {
    const why = `the UID in the precondition (${options.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`;
    throw conflict(named, name, why);
  }
  if (options.resourceVersion !== undefined && options.resourceVersion !== resourceVersion) {
    const why = `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`;
    throw conflict(named, name, why);
  }
}

import { badRequest, invalid } from "../api-error.ts";
import { objectOf } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";
import { checkBuiltin } from "../kinds/builtin-checks.ts";
import { knowsMember } from "../kinds/builtin-members.ts";
import { defaultBuiltin } from "../kinds/builtin-defaults.ts";
import { splitApiVersion } from "../kinds/kind.ts";
import { applyDefaults } from "../schema/default-values.ts";
import { pruneUnknown } from "../schema/prune-unknown.ts";
import { checkRules } from "../schema/check-rules.ts";
import { blocking, uncheckedCause, validateValue } from "../schema/validate-value.ts";
import { applyWebhookDefaults } from "../webhooks/webhook-defaults.ts";
import { checkMetadata, checkNewFinalizers } from "./check-metadata.ts";
import type { Target, WriteOptions } from "./target.ts";

const metadataMembers = new Set([
  "name",
  "namespace",
  "generateName",
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "labels",
  "annotations",
  "finalizers",
  "ownerReferences",
  "managedFields",
  "selfLink",
]);

const collections = ["labels", "annotations", "finalizers", "ownerReferences"] as const;

/** Empty maps and lists of the metadata are not kept (Go's omitempty). */
function dropEmpty(object: KubeObject): void {
  for (const field of collections) {
    const value = object.metadata[field];
    if (value !== undefined && Object.keys(value).length === 0)
      Reflect.deleteProperty(object.metadata, field);
  }
}

/** Drops the members the kind does not know, and names them in order. */
export function unknownMembers(object: JsonObject, target: Target): string[] {
  const unknown = target.version.schema ? pruneUnknown(object, target.version.schema) : [];
  if (!target.kind.custom) {
    for (const name of Object.keys(object).filter((member) => !knowsMember(target.kind.kind, member))) {
      Reflect.deleteProperty(object, name);
      unknown.push(name);
    }
  }
  const metadata = objectOf(object["metadata"]);
  for (const name of Object.keys(metadata)) {
    if (metadataMembers.has(name)) continue;
    Reflect.deleteProperty(metadata, name);
    unknown.push(`metadata.${name}`);
  }
  return unknown.sort();
}

/** Drops unknown members, warning or failing as `fieldValidation` says (recorded in crud). */
export function dropUnknown(object: KubeObject, target: Target, options: WriteOptions): void {
  dropEmpty(object);
  const unknown = unknownMembers(object, target);
  const duplicates = options.duplicates.splice(0);
  if (unknown.length + duplicates.length === 0 || options.fieldValidation === "Ignore") return;
  const said = [...duplicates, ...unknown.map((field) => `unknown field "${field}"`)];
  if (options.fieldValidation === "Strict") {
    const { version } = splitApiVersion(target.apiVersion);
    const { kind } = target.kind;
    throw badRequest(
      `${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: ${strictly(said)}`,
    );
  }
  for (const text of said) options.warn(text);
}

/** What a YAML body says twice is one complaint of go-yaml's (recorded in requests). */
function strictly(said: string[]): string {
  const lines = said.filter((text) => text.startsWith("line "));
  const yaml = lines.length > 0 ? [["yaml: unmarshal errors:", ...lines].join("\n  ")] : [];
  return [...yaml, ...said.filter((text) => !text.startsWith("line "))].join(", ");
}

/** Fills in defaults, of the schema and of the webhooks a real cluster would have. */
export function fillDefaults(
  object: KubeObject,
  live: KubeObject | undefined,
  target: Target,
  nulls: "drop" | "keep" = "drop",
): void {
  if (target.version.schema) applyDefaults(object, target.version.schema, nulls);
  if (target.kind.custom) {
    if (target.cluster.webhooks) applyWebhookDefaults(object, live);
  } else defaultBuiltin(object);
}

/** @throws ApiError 422 with all causes. */
export function checkObject(object: KubeObject, live: KubeObject | undefined, target: Target): void {
  const causes = target.kind.custom
    ? // New finalizers are looked at twice (recorded in deletion).
      [...checkMetadata(object, live), ...checkNewFinalizers(object.metadata, live)]
    : [...checkBuiltin(object, live), ...checkMetadata(object, live)];
  const schema = target.version.schema;
  if (schema) {
    const found = validateValue(object, objectOf(schema));
    causes.push(...found);
    if (found.length === 0 && causes.some((cause) => blocking.has(cause.reason))) {
      causes.push(uncheckedCause());
    }
    if (causes.length === 0) causes.push(...checkRules(object, live, objectOf(schema)));
  }
  // Events of both groups are validated as core ones (recorded in core).
  const named = object.kind === "Event" ? { ...target.kind, group: "" } : target.kind;
  if (causes.length > 0) throw invalid(named, object.metadata.name, causes);
}

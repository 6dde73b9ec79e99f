import type { JsonObject } from "../json.ts";
import { clone, isObject, omit, sameJson, textOf } from "../json.ts";
import type { KubeObject, ManagedFieldsEntry } from "../kube-object.ts";
import { compareFields } from "./compare-fields.ts";
import type { FieldSchema } from "./field-schema.ts";
import { fieldsOf, fromFieldsV1, separator, toFieldsV1 } from "./field-set.ts";
import type { FieldSet } from "./field-set.ts";
import { mergeApplied, removeField } from "./merge-applied.ts";

/** Who writes, through which endpoint, in which version. */
export interface Writer {
  manager: string;
  apiVersion: string;
  subresource: string;
}

export interface FieldConflict {
  manager: string;
  operation: string;
  apiVersion: string;
  subresource: string;
  path: string;
}

interface Owner {
  manager: string;
  operation: string;
  apiVersion: string;
  subresource: string;
  time: string | undefined;
  fields: FieldSet;
}

const name = (field: string) => `f:metadata${separator}f:${field}`;

/** Fields nobody owns (apimachinery, stripMeta). */
const unowned = new Set([
  "f:apiVersion",
  "f:kind",
  "f:metadata",
  ...[
    "name",
    "namespace",
    "creationTimestamp",
    "selfLink",
    "uid",
    "clusterName",
    "generation",
    "managedFields",
  ].map(name),
  ...["resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds"].map(name),
]);

/** Fields a write through this endpoint may not own. */
function isReset(path: string, subresource: string, hasStatus: boolean): boolean {
  if (unowned.has(path)) return true;
  const [top] = path.split(separator, 1);
  if (subresource === "status") return top !== "f:status";
  return hasStatus && top === "f:status";
}

function ownersOf(object: JsonObject | undefined): Owner[] {
  const metadata = object?.["metadata"];
  const entries =
    isObject(metadata) && Array.isArray(metadata["managedFields"]) ? metadata["managedFields"] : [];
  return entries.filter(isObject).map((entry) => ({
    manager: textOf(entry["manager"]),
    operation: textOf(entry["operation"]),
    apiVersion: textOf(entry["apiVersion"]),
    subresource: textOf(entry["subresource"]),
    time: typeof entry["time"] === "string" ? entry["time"] : undefined,
    fields: fromFieldsV1(isObject(entry["fieldsV1"]) ? entry["fieldsV1"] : undefined),
  }));
}

function entriesOf(owners: Owner[]): ManagedFieldsEntry[] {
  const order = (owner: Owner) => [
    owner.operation,
    owner.time ?? "",
    owner.manager,
    owner.apiVersion,
    owner.subresource,
  ];
  return owners
    .filter((owner) => owner.fields.size > 0)
    .sort((a, b) => {
      const left = order(a);
      const right = order(b);
      const at = left.findIndex((part, i) => part !== right[i]);
      return at < 0 ? 0 : (left[at] ?? "") < (right[at] ?? "") ? -1 : 1;
    })
    .map((owner) => ({
      manager: owner.manager,
      operation: owner.operation,
      apiVersion: owner.apiVersion,
      ...(owner.time === undefined ? {} : { time: owner.time }),
      fieldsType: "FieldsV1",
      fieldsV1: toFieldsV1(owner.fields),
      ...(owner.subresource === "" ? {} : { subresource: owner.subresource }),
    }));
}

function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

function setEntries(object: KubeObject, owners: Owner[]): void {
  const entries = entriesOf(owners);
  if (entries.length > 0) object.metadata.managedFields = entries;
  else delete object.metadata.managedFields;
}

/** Records a create, update or patch: `writer` gets what changed, others lose it. Changes `next` in place. */
export function trackUpdate(
  live: KubeObject | undefined,
  next: KubeObject,
  writer: Writer,
  schema: FieldSchema,
  hasStatus: boolean,
): void {
  const sent = next.metadata.managedFields;
  const reset = sent?.length === 1 && sent[0] !== undefined && Object.keys(sent[0]).length === 0;
  const owners = reset ? [] : ownersOf(sent && sent.length > 0 ? next : live);
  if (live && owners.length === 0) {
    // Nobody's fields are tracked until somebody applies (apimachinery, skipNonAppliedManager).
    delete next.metadata.managedFields;
    return;
  }
  const { added, modified, removed } = compareFields(live, next, schema);
  const taken = new Set(
    [...added, ...modified].filter((path) => !isReset(path, writer.subresource, hasStatus)),
  );
  const self = (owner: Owner) =>
    owner.operation === "Update" &&
    owner.manager === writer.manager &&
    owner.apiVersion === writer.apiVersion &&
    owner.subresource === writer.subresource;
  for (const owner of owners) {
    for (const path of removed) dropBelow(owner.fields, path);
    if (!self(owner)) for (const path of [...added, ...modified]) owner.fields.delete(path);
  }
  if (taken.size > 0) {
    let own = owners.find(self);
    if (!own) {
      own = { ...writer, operation: "Update", time: undefined, fields: new Set() };
      owners.push(own);
    }
    for (const path of taken) own.fields.add(path);
    own.time = now();
  }
  setEntries(next, owners);
}

function dropBelow(fields: FieldSet, path: string): void {
  fields.delete(path);
  const prefix = path + separator;
  for (const owned of fields) if (owned.startsWith(prefix)) fields.delete(owned);
}

export interface Applied {
  object: KubeObject;
  conflicts: FieldConflict[];
}

/**
 * Server-side apply: merges `config` into `live`, drops what this manager applied before and no longer does,
 * and moves ownership. With conflicts and without `force` nothing may be stored.
 */
export function applyFields(
  live: KubeObject | undefined,
  config: KubeObject,
  writer: Writer,
  schema: FieldSchema,
  force: boolean,
  hasStatus: boolean,
): Applied {
  const owners = ownersOf(live);
  if (live && owners.length === 0) owners.push(beforeFirstApply(live, writer, schema));
  const self = (owner: Owner) =>
    owner.operation === "Apply" &&
    owner.manager === writer.manager &&
    owner.subresource === writer.subresource;
  const fields = new Set(
    [...fieldsOf(config, schema)].filter((path) => !isReset(path, writer.subresource, hasStatus)),
  );
  const merged = mergeApplied(live, config, schema);
  const object: KubeObject = isObject(merged)
    ? { ...config, ...merged, metadata: { ...metadataOf(merged, config) } }
    : config;
  const others = owners.filter((owner) => !self(owner));
  const previous = owners.find(self);
  if (previous) dropUnapplied(object, previous.fields, fields, others, schema);
  const { added, modified, removed } = compareFields(live, object, schema);
  const conflicts = conflictsOf(others, [...added, ...modified]);
  if (conflicts.length > 0 && !force) return { object, conflicts };
  for (const owner of others) {
    for (const path of [...added, ...modified]) owner.fields.delete(path);
    for (const path of removed) dropBelow(owner.fields, path);
  }
  const changed =
    live === undefined ||
    !sameJson({ ...live, metadata: withoutManaged(live) }, { ...object, metadata: withoutManaged(object) });
  const time = changed ? now() : previous?.time;
  setEntries(object, [...others, { ...writer, operation: "Apply", time, fields }]);
  return { object, conflicts: [] };
}

/** Fields of an object nobody has applied yet belong to this manager. */
function beforeFirstApply(live: KubeObject, writer: Writer, schema: FieldSchema): Owner {
  const { added } = compareFields(undefined, live, schema);
  const fields = new Set([...added].filter((path) => !isReset(path, "", false)));
  return {
    manager: "before-first-apply",
    operation: "Update",
    apiVersion: writer.apiVersion,
    subresource: "",
    time: now(),
    fields,
  };
}

function metadataOf(merged: JsonObject, config: KubeObject): KubeObject["metadata"] {
  return isObject(merged["metadata"])
    ? { ...merged["metadata"], name: config.metadata.name }
    : clone(config.metadata);
}

function withoutManaged(object: KubeObject): JsonObject {
  return omit(object.metadata, "managedFields");
}

function dropUnapplied(
  object: KubeObject,
  before: FieldSet,
  after: FieldSet,
  others: Owner[],
  schema: FieldSchema,
): void {
  const sets = [after, ...others.map((owner) => owner.fields)];
  const held = (path: string) => {
    const prefix = path + separator;
    return sets.some((set) => set.has(path) || [...set].some((owned) => owned.startsWith(prefix)));
  };
  const gone = [...before].filter((path) => !after.has(path)).sort((a, b) => a.length - b.length);
  for (const path of gone) if (!held(path)) removeField(object, path, schema, held);
}

function conflictsOf(others: Owner[], changed: string[]): FieldConflict[] {
  return others.flatMap((owner) =>
    changed.filter((path) => owner.fields.has(path)).map((path) => conflictAt(owner, path)),
  );
}

function conflictAt(owner: Owner, path: string): FieldConflict {
  const { manager, operation, apiVersion, subresource } = owner;
  return { manager, operation, apiVersion, subresource, path };
}

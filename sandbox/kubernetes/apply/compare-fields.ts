import { isObject, sameJson } from "../json.ts";
import type { Json } from "../json.ts";
import type { FieldSchema } from "./field-schema.ts";
import { deduced } from "./field-schema.ts";
import { effective, joinPath, keyElement } from "./field-set.ts";
import type { FieldSet } from "./field-set.ts";

export interface Comparison {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

/** What differs between two values (structured-merge-diff, Compare): parents that appear count as added too. */
export function compareFields(
  before: Json | undefined,
  after: Json | undefined,
  schema: FieldSchema,
): Comparison {
  const result: Comparison = { added: new Set(), modified: new Set(), removed: new Set() };
  compare(before, after, schema, "", result);
  return result;
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  return isObject(value) ? Object.keys(value).length === 0 : Array.isArray(value) && value.length === 0;
}

function compare(
  a: Json | undefined,
  b: Json | undefined,
  schema: FieldSchema,
  path: string,
  out: Comparison,
): void {
  if (a === undefined && b === undefined) return;
  const realA = effective(schema, a);
  const realB = effective(schema, b);
  const granular =
    (realA ?? realB) !== undefined &&
    (a === undefined || realA !== undefined) &&
    (b === undefined || realB !== undefined) &&
    Array.isArray(a ?? b) === Array.isArray(b ?? a) &&
    !(isEmpty(a) && isEmpty(b));
  if (path !== "") {
    if (a === undefined) out.added.add(path);
    else if (b === undefined) out.removed.add(path);
    else if (!granular && !sameJson(a, b)) out.modified.add(path);
  }
  if (!granular) return;
  if (Array.isArray(a ?? b)) compareItems(listIn(a), listIn(b), realA ?? realB ?? deduced, path, out);
  else compareMembers(a, b, realA ?? realB ?? deduced, path, out);
}

function listIn(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function compareMembers(
  a: Json | undefined,
  b: Json | undefined,
  schema: FieldSchema,
  path: string,
  out: Comparison,
): void {
  const left = isObject(a) ? a : {};
  const right = isObject(b) ? b : {};
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const member = schema.kind === "map" ? schema.member(name) : deduced;
    compare(left[name], right[name], member, joinPath(path, `f:${name}`), out);
  }
}

function compareItems(a: Json[], b: Json[], schema: FieldSchema, path: string, out: Comparison): void {
  const index = (items: Json[]) =>
    new Map(
      items.map((item) => [
        schema.kind === "list-map" ? keyElement(item, schema.keys) : `v:${JSON.stringify(item)}`,
        item,
      ]),
    );
  const left = index(a);
  const right = index(b);
  for (const element of new Set([...left.keys(), ...right.keys()])) {
    const item = schema.kind === "list-map" ? schema.item : deduced;
    compare(left.get(element), right.get(element), item, joinPath(path, element), out);
  }
}

import { isObject } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import type { FieldSchema } from "./field-schema.ts";
import { deduced } from "./field-schema.ts";

/**
 * Paths of owned fields. A path is its elements (`f:name`, `k:{…}`, `v:…`) joined by a character that JSON text
 * never holds unescaped; a flat set makes union, difference and intersection plain.
 */
export type FieldSet = Set<string>;

export const separator = "\u0001";

export function joinPath(path: string, element: string): string {
  return path === "" ? element : `${path}${separator}${element}`;
}

/** The element that names `item` in a list map, keys sorted. */
export function keyElement(item: Json, keys: string[]): string {
  const source = isObject(item) ? item : {};
  const key: JsonObject = {};
  for (const name of [...keys].sort()) key[name] = source[name] ?? defaultKey(name);
  return `k:${JSON.stringify(key)}`;
}

/** `protocol` is the one key that may be left out: it defaults to TCP. */
function defaultKey(name: string): Json {
  return name === "protocol" ? "TCP" : null;
}

/** The schema a value really has: lists below `deduced` or wrongly typed values are atomic. */
export function effective(schema: FieldSchema, value: Json | undefined): FieldSchema | undefined {
  if (Array.isArray(value))
    return schema.kind === "list-map" || schema.kind === "list-set" ? schema : undefined;
  if (isObject(value)) return schema.kind === "map" ? schema : schema.kind === "atomic" ? undefined : deduced;
  return undefined;
}

/** Fields that an apply of `value` owns (structured-merge-diff, ToFieldSet). */
export function fieldsOf(value: Json | undefined, schema: FieldSchema): FieldSet {
  const set: FieldSet = new Set();
  collect(value, schema, "", set);
  return set;
}

function collect(value: Json | undefined, schema: FieldSchema, path: string, set: FieldSet): void {
  const real = effective(schema, value);
  if (real === undefined || real.kind === "atomic") {
    if (path !== "") set.add(path);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) {
      const element = real.kind === "list-map" ? keyElement(item, real.keys) : `v:${JSON.stringify(item)}`;
      const at = joinPath(path, element);
      if (real.kind === "list-map") collect(item, real.item, at, set);
      set.add(at);
    }
    return;
  }
  if (!isObject(value) || real.kind !== "map") return;
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const at = joinPath(path, `f:${name}`);
    collect(member, real.member(name), at, set);
    if (!real.declared(name) || (isObject(member) && Object.keys(member).length === 0)) set.add(at);
  }
}

/** FieldsV1 as it stands in managedFields. */
export function toFieldsV1(set: FieldSet): JsonObject {
  const root: JsonObject = {};
  for (const path of [...set].sort()) {
    let node = root;
    for (const element of path.split(separator)) {
      const next = node[element];
      if (isObject(next)) node = next;
      else {
        const made: JsonObject = {};
        node[element] = made;
        node = made;
      }
    }
    node["."] = {};
  }
  for (const key of Object.keys(root)) simplify(root[key]);
  return root;
}

/** A field that owns nothing below itself is written `{}` instead of `{".": {}}`. */
function simplify(node: Json | undefined): void {
  if (!isObject(node)) return;
  const keys = Object.keys(node);
  if (keys.length === 1 && keys[0] === ".") {
    delete node["."];
    return;
  }
  for (const key of keys) if (key !== ".") simplify(node[key]);
}

export function fromFieldsV1(fields: JsonObject | undefined): FieldSet {
  const set: FieldSet = new Set();
  if (fields) read(fields, "", set);
  return set;
}

function read(node: JsonObject, path: string, set: FieldSet): void {
  const keys = Object.keys(node);
  if (path !== "" && (keys.length === 0 || node["."] !== undefined)) set.add(path);
  for (const key of keys) {
    const child = node[key];
    if (key !== "." && isObject(child)) read(child, joinPath(path, key), set);
  }
}

/** `.spec.containers[name="a"].image`, as conflicts name a field. */
export function saidPath(path: string): string {
  return path
    .split(separator)
    .map((element) => {
      const rest = element.slice(2);
      if (element.startsWith("f:")) return `.${rest}`;
      if (element.startsWith("v:")) return `[=${rest}]`;
      const key: unknown = JSON.parse(rest);
      const said = Object.entries(isObject(key) ? key : {}).map(
        ([name, value]) => `${name}=${JSON.stringify(value)}`,
      );
      return `[${said.join(",")}]`;
    })
    .join("");
}

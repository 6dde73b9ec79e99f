import { clone, isObject } from "../json.ts";
import type { Json } from "../json.ts";
import type { FieldSchema } from "./field-schema.ts";
import { effective, keyElement, separator } from "./field-set.ts";

/** `live` with everything `applied` says on top (structured-merge-diff, Merge). */
export function mergeApplied(
  live: Json | undefined,
  applied: Json | undefined,
  schema: FieldSchema,
): Json | undefined {
  if (applied === undefined) return clone(live);
  const real = effective(schema, applied);
  if (real === undefined || effective(schema, live) === undefined) return clone(applied);
  if (Array.isArray(applied)) return Array.isArray(live) ? mergeLists(live, applied, real) : clone(applied);
  if (!isObject(applied) || !isObject(live) || real.kind !== "map") return clone(applied);
  const merged = clone(live);
  for (const [name, member] of Object.entries(applied)) {
    if (member !== undefined) merged[name] = mergeApplied(live[name], member, real.member(name));
  }
  return merged;
}

/** Items keep the applied order; live items nobody applies keep their place behind their predecessor. */
function mergeLists(live: Json[], applied: Json[], schema: FieldSchema): Json[] {
  const elementOf = (item: Json) =>
    schema.kind === "list-map" ? keyElement(item, schema.keys) : `v:${JSON.stringify(item)}`;
  const known = new Map(live.map((item) => [elementOf(item), item]));
  const wanted = new Map(applied.map((item) => [elementOf(item), item]));
  const result: Json[] = [];
  const emit = (element: string, item: Json) => {
    const merged = schema.kind === "list-map" ? mergeApplied(known.get(element), item, schema.item) : item;
    result.push(merged ?? item);
  };
  const order = [...wanted.keys()];
  let next = 0;
  for (const [element, item] of known) {
    if (!wanted.has(element)) {
      result.push(clone(item));
      continue;
    }
    const at = order.indexOf(element);
    for (; next <= at; next++) {
      const pending = order[next];
      const value = pending === undefined ? undefined : wanted.get(pending);
      if (pending !== undefined && value !== undefined) emit(pending, value);
    }
  }
  for (; next < order.length; next++) {
    const pending = order[next];
    const value = pending === undefined ? undefined : wanted.get(pending);
    if (pending !== undefined && value !== undefined) emit(pending, value);
  }
  return result;
}

/** Removes the field at `path` from `root`, in place, and parents that hold nothing else afterwards. */
export function removeField(
  root: Json,
  path: string,
  schema: FieldSchema,
  keepParent: (path: string) => boolean,
): void {
  remove(root, path.split(separator), 0, schema, keepParent);
}

function remove(
  node: Json | undefined,
  path: string[],
  depth: number,
  schema: FieldSchema,
  keepParent: (path: string) => boolean,
): void {
  const element = path[depth];
  if (element === undefined) return;
  const last = depth === path.length - 1;
  if (Array.isArray(node)) {
    const at = node.findIndex((item) =>
      schema.kind === "list-map"
        ? keyElement(item, schema.keys) === element
        : `v:${JSON.stringify(item)}` === element,
    );
    if (at < 0) return;
    if (last) node.splice(at, 1);
    else if (schema.kind === "list-map") remove(node[at], path, depth + 1, schema.item, keepParent);
    return;
  }
  if (!isObject(node)) return;
  const name = element.slice(2);
  if (last) {
    Reflect.deleteProperty(node, name);
    return;
  }
  const child = node[name];
  remove(child, path, depth + 1, schema.kind === "map" ? schema.member(name) : schema, keepParent);
  const empty = Array.isArray(child)
    ? child.length === 0
    : isObject(child) && Object.keys(child).length === 0;
  if (empty && !keepParent(path.slice(0, depth + 1).join(separator))) Reflect.deleteProperty(node, name);
}

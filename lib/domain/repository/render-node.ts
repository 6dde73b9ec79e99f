import { isMap, isScalar, isSeq, Scalar, type Document, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import { setString, setTyped } from "./safe-scalar.ts";
import { directive, eachItemName, forbiddenCharacters, variable } from "./template-syntax.ts";

/** A value that cannot be placed where the template wants it. */
export class RenderFailure extends Error {
  readonly parameter: string;
  constructor(parameter: string, message: string) {
    super(message);
    this.parameter = parameter;
  }
}

/** What variables stand for: the parameters, and the item of each `each` around. */
export interface Scope {
  declared: Set<string>;
  /** Parameters that stay visible as variables when they are missing (preview). */
  needed: Set<string>;
  values: Record<string, unknown>;
  items: Record<string, Record<string, unknown>>;
}

/** The node is left out: its value is an optional parameter that was not given. */
export const removed = Symbol("removed");

type Lookup = { declared: false } | { declared: true; value: unknown };

function lookUp(scope: Scope, name: string): Lookup {
  const [head = "", field] = name.split(".");
  if (field !== undefined) {
    const item = Object.hasOwn(scope.items, head) ? scope.items[head] : undefined;
    if (!item) return { declared: false };
    return { declared: true, value: Object.hasOwn(item, field) ? item[field] : undefined };
  }
  if (!scope.declared.has(head)) return { declared: false };
  return { declared: true, value: Object.hasOwn(scope.values, head) ? scope.values[head] : undefined };
}

/** Renders one node in place; the node to use instead, or {@link removed}. */
export function renderNode(document: Document, node: unknown, scope: Scope): Node | typeof removed | null {
  if (isScalar(node)) return renderScalar(document, node, scope);
  if (isMap(node)) return renderMap(document, node, scope);
  if (isSeq(node)) return renderSeq(document, node, scope);
  return null;
}

/** A mapping or list that only held optional values not given goes with them. */
function renderMap(document: Document, map: YAMLMap, scope: Scope): YAMLMap | typeof removed {
  const wasEmpty = map.items.length === 0;
  map.items = map.items.filter((pair) => {
    const value = renderNode(document, pair.value, scope);
    if (value === removed) return false;
    pair.value = value;
    return true;
  });
  return map.items.length === 0 && !wasEmpty ? removed : map;
}

function renderSeq(document: Document, seq: YAMLSeq, scope: Scope): YAMLSeq | typeof removed {
  const wasEmpty = seq.items.length === 0;
  seq.items = seq.items.flatMap((item: unknown) => {
    const scopes = isMap(item) ? scopesFor(item, scope) : [scope];
    return scopes.flatMap((own) => {
      const copy: unknown = isMap(item) ? item.clone() : item;
      if (isMap(copy)) for (const key of Object.values(directive)) copy.delete(key);
      const rendered = renderNode(document, copy, own);
      return rendered === removed ? [] : [rendered];
    });
  });
  return seq.items.length === 0 && !wasEmpty ? removed : seq;
}

/** The scopes a mapping is rendered in by its `each` and `when`: one without them, none when left out. */
export function scopesFor(map: YAMLMap, scope: Scope): Scope[] {
  const each: unknown = map.get(directive.each);
  const when: unknown = map.get(directive.when);
  const scopes = typeof each === "string" ? itemScopes(each, scope) : [scope];
  return typeof when === "string" ? scopes.filter((own) => holds(when, own)) : scopes;
}

function itemScopes(list: string, scope: Scope): Scope[] {
  const found = lookUp(scope, list);
  const items: unknown = found.declared ? found.value : undefined;
  if (items === undefined) return [];
  if (!Array.isArray(items)) throw new RenderFailure(list, `${list} must be a list.`);
  return items.map((item: unknown) => {
    const fields = typeof item === "object" && item !== null ? Object.fromEntries(Object.entries(item)) : {};
    return { ...scope, items: { ...scope.items, [eachItemName(list)]: fields } };
  });
}

/** `name` (given and not false), `!name`, `name=value`. */
function holds(condition: string, scope: Scope): boolean {
  const negated = condition.startsWith("!");
  const [name = "", wanted] = condition.replace(/^!/, "").split("=", 2);
  const found = lookUp(scope, name.trim());
  const value = found.declared ? found.value : undefined;
  const isEmpty = value === undefined || value === null || value === false || value === "";
  const isTrue = wanted === undefined ? !isEmpty : !isEmpty && asText(name, value) === wanted.trim();
  return negated ? !isTrue : isTrue;
}

function renderScalar(document: Document, scalar: Scalar, scope: Scope): Node | typeof removed {
  const text = scalar.value;
  if (typeof text !== "string" || !text.includes("${")) return scalar;
  const whole = /^\$\{([\w.]+)\}$/.exec(text)?.[1];
  if (whole !== undefined) {
    const found = lookUp(scope, whole);
    if (!found.declared) return scalar;
    if (isMissing(found.value)) return scope.needed.has(whole) ? scalar : removed;
    if (scalar.type === Scalar.PLAIN) return placeTyped(document, scalar, whole, found.value);
    setString(scalar, asText(whole, found.value));
    return scalar;
  }
  const replaced = text.replace(variable, (match: string, escape: string, name: string) => {
    const found = lookUp(scope, name);
    if (escape === "$" || !found.declared) return match;
    if (isMissing(found.value) && scope.needed.has(name)) return match;
    return asText(name, found.value);
  });
  if (replaced !== text) setString(scalar, replaced);
  return scalar;
}

const isMissing = (value: unknown): boolean => value === undefined || value === null;

function placeTyped(document: Document, scalar: Scalar, name: string, value: unknown): Node {
  if (typeof value === "string") setString(scalar, asText(name, value));
  else if (typeof value === "number" && Number.isFinite(value)) setTyped(scalar, value);
  else if (typeof value === "boolean") setTyped(scalar, value);
  else return createNode(document, scalar, name, value);
  return scalar;
}

/** A list or object in place of the scalar, every string in it as safe as a single one. */
function createNode(document: Document, scalar: Scalar, name: string, value: unknown): Node {
  const node = document.createNode(value, { aliasDuplicateObjects: false });
  const settle = (at: unknown): void => {
    if (isScalar(at) && typeof at.value === "string") setString(at, asText(name, at.value));
    else if (isSeq(at)) at.items.forEach(settle);
    else if (isMap(at)) {
      for (const pair of at.items) {
        settle(pair.key);
        settle(pair.value);
      }
    }
  };
  settle(node);
  node.comment = scalar.comment;
  node.commentBefore = scalar.commentBefore;
  return node;
}

function asText(name: string, value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") {
    throw new RenderFailure(name, `${name} is needed and must be a single value.`);
  }
  if (forbiddenCharacters.test(value)) {
    throw new RenderFailure(
      name,
      `${name} holds a control character; letters, digits, signs and line breaks are allowed.`,
    );
  }
  return value;
}

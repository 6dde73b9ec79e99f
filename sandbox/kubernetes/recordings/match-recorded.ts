import { isObject, sayJson } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";

/** Values that placeholders of a recording stand for on the server that is checked. */
export class Bindings {
  readonly #values = new Map<string, string>();

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** Binds at first sight; afterwards the value has to be the same. */
  match(name: string, value: string): boolean {
    const known = this.#values.get(name);
    if (known === undefined) this.#values.set(name, value);
    return known === undefined || known === value;
  }

  copy(): Bindings {
    const copy = new Bindings();
    for (const [name, value] of this.#values) copy.set(name, value);
    return copy;
  }

  /** Binds anew. */
  set(name: string, value: string): void {
    this.#values.set(name, value);
  }

  /** Puts bound values back into what is sent. */
  fill<T extends Json | undefined>(value: T): T;
  fill(value: Json | undefined): Json | undefined {
    if (typeof value === "string") {
      return value.replaceAll(/<(?:uid|continue|name):\d+>|<etag>|rv:\d+\+?/g, (name) => this.#values.get(name.replace(/\+$/, "")) ?? name);
    }
    if (Array.isArray(value)) return value.map((item) => this.fill(item));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [this.fill(key), this.fill(member)]));
  }
}

const unchecked =
  "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";
const placeholder =
  /<(?:uid|continue|name):\d+>|rv:\d+\+?|<(?:time|microtime|etag|uuid|hash|token|rv|age|content-length|n|pem|date|last-modified)>/g;

export interface MatchOptions {
  bindings: Bindings;
  /** Of a response that was cut for the recording, only what is shown has to be there. */
  partial: boolean;
}

/** Where `actual` differs from what was recorded, as `path: expected … got …`; empty when it is equal. */
export function matchRecorded(expected: Json | undefined, actual: Json | undefined, options: MatchOptions, path = ""): string[] {
  if (expected === "<managedFields>") return Array.isArray(actual) ? [] : [`${path}: no managedFields`];
  if (typeof expected === "string") return matchText(expected, actual, options, path);
  if (Array.isArray(expected)) return matchList(expected, actual, options, path);
  if (isObject(expected)) return matchObject(expected, actual, options, path);
  return expected === actual ? [] : [differs(path, expected, actual)];
}

function differs(path: string, expected: Json | undefined, actual: Json | undefined): string {
  const short = (value: Json | undefined) => (value === undefined ? "nothing" : JSON.stringify(value)).slice(0, 400);
  return `${path}: expected ${short(expected)} got ${short(actual)}`;
}

function matchText(expected: string, actual: Json | undefined, options: MatchOptions, path: string): string[] {
  if (options.partial && isObject(actual) && isObject(actual["metadata"])) {
    // Lists were cut to the names of their items.
    return matchText(expected, actual["metadata"]["name"], options, path);
  }
  if (typeof actual !== "string") return [differs(path, expected, actual)];
  const wanted = expected.replaceAll("<unchecked>", unchecked);
  const names: string[] = [];
  let pattern = "";
  let at = 0;
  for (const match of wanted.matchAll(placeholder)) {
    pattern += `${escaped(wanted.slice(at, match.index))}([\\s\\S]+?)`;
    names.push(match[0]);
    at = match.index + match[0].length;
  }
  if (names.length === 0) return wanted === actual ? [] : [differs(path, wanted, actual)];
  const found = new RegExp(`^${pattern}${escaped(wanted.slice(at))}$`).exec(actual);
  if (!found) return [differs(path, wanted, actual)];
  const wrong = names.filter((name, i) => !bound(name, found[i + 1] ?? "", options.bindings));
  return wrong.map((name) => `${path}: ${name} is ${String(options.bindings.get(name))}, got ${actual.slice(0, 200)}`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function bound(name: string, value: string, bindings: Bindings): boolean {
  if (name.endsWith("+")) return Number(value) >= Number(bindings.get(name.slice(0, -1)) ?? 0);
  if (name.startsWith("rv:")) return bindings.match(name, value);
  return /^<(uid|continue|name):/.test(name) ? bindings.match(name, value) : true;
}

function matchList(expected: Json[], given: Json | undefined, options: MatchOptions, path: string): string[] {
  // Of a text its first and last lines were kept.
  const actual = options.partial && typeof given === "string" ? given.trimEnd().split("\n") : given;
  if (!Array.isArray(actual)) return [differs(path, expected, actual)];
  if (options.partial && expected.length !== actual.length) {
    let next = 0;
    return expected.flatMap((item, i) => {
      const at = `${path}[${String(i)}]`;
      const found = actual.findIndex(
        (candidate, j) =>
          j >= next && matchRecorded(item, candidate, { ...options, bindings: new Bindings() }, at).length === 0,
      );
      if (found >= 0) next = found + 1;
      return matchRecorded(item, actual[found < 0 ? i : found], options, at);
    });
  }
  if (expected.length !== actual.length) return [differs(path, expected, actual)];
  return expected.flatMap((item, i) => matchRecorded(item, actual[i], options, `${path}[${String(i)}]`));
}

function matchObject(expected: JsonObject, actual: Json | undefined, options: MatchOptions, path: string): string[] {
  if (!isObject(actual)) return [differs(path, expected, actual)];
  const found = Object.entries(expected).flatMap(([name, value]) =>
    matchRecorded(value, actual[name], options, `${path}.${name}`),
  );
  if (options.partial) return found;
  const extra = Object.keys(actual).filter((name) => actual[name] !== undefined && expected[name] === undefined);
  return [...found, ...extra.map((name) => differs(`${path}.${name}`, undefined, actual[name]))];
}

/** Sorts what a real server orders by chance, as the recorder did. */
export function settle(value: Json): Json {
  if (Array.isArray(value)) return value.map(settle);
  if (!isObject(value)) return value;
  const result: JsonObject = Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, member === undefined ? undefined : settle(member)]),
  );
  for (const name of ["resourceRules", "nonResourceRules", "resources"]) {
    const list = result[name];
    if (Array.isArray(list)) result[name] = sortedBy(list, (item) => isObject(item) ? JSON.stringify(item["name"] ?? item["resource"] ?? ordered(item)) : sayJson(item));
  }
  const managed = result["managedFields"];
  if (Array.isArray(managed)) {
    result["managedFields"] = sortedBy(managed, (item) =>
      isObject(item) ? ["operation", "manager", "apiVersion", "subresource"].map((name) => sayJson(item[name])).join("\u0000") : "",
    );
  }
  return result["kind"] === "Status" ? sortCauses(result) : result;
}

/** The recorder sorted rules by their JSON text, members in the server's order. */
function ordered(rule: JsonObject): JsonObject {
  const { verbs, apiGroups, resources, resourceNames, nonResourceURLs } = rule;
  return { verbs, apiGroups, resources, resourceNames, nonResourceURLs };
}

function sortedBy(list: Json[], key: (item: Json) => string): Json[] {
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function sortCauses(status: JsonObject): JsonObject {
  const details = status["details"];
  const causes = isObject(details) ? details["causes"] : undefined;
  if (!isObject(details) || !Array.isArray(causes)) return status;
  const said = (list: Json[]) =>
    list.map((cause) => (isObject(cause) ? `${sayJson(cause["field"])}: ${sayJson(cause["message"])}` : "")).join(", ");
  const sorted = sortedBy(causes, (cause) =>
    isObject(cause) ? `${cause["field"] === "<nil>" ? "1" : "0"}\u0000${sayJson(cause["field"])}\u0000${sayJson(cause["message"])}` : "",
  );
  const message = sayJson(status["message"]).replace(said(causes), () => said(sorted));
  return { ...status, message, details: { ...details, causes: sorted } };
}

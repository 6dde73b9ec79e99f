import { isNode, parseAllDocuments } from "yaml";

/** Reading other people's YAML: whatever is missing or odd is null, never an error. */
export type Loose = Record<string, unknown>;

const isLoose = (value: unknown): value is Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Value at a path of keys and list positions; undefined where the path leads nowhere. */
export function valueAt(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((at, key) => {
    if (typeof key === "number") return Array.isArray(at) ? (at as unknown[])[key] : undefined;
    return isLoose(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }, value);
}

/** A string at a path; numbers and booleans as people wrote them, anything else null. */
export function textAt(value: unknown, ...path: (string | number)[]): string | null {
  const found = valueAt(value, ...path);
  if (typeof found === "string") return found === "" ? null : found;
  return typeof found === "number" || typeof found === "boolean" ? String(found) : null;
}

/** A whole number at a path, also when quoted (annotations are). */
export function integerAt(value: unknown, ...path: (string | number)[]): number | null {
  const found = valueAt(value, ...path);
  const number = typeof found === "string" && /^\d+$/.test(found) ? Number(found) : found;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : null;
}

export function listAt(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** A map of strings (labels, annotations), entries that are not left out. */
export function stringsAt(value: unknown, ...path: (string | number)[]): Record<string, string> {
  const found = valueAt(value, ...path);
  if (!isLoose(found)) return {};
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** The objects of a manifest, with the line each starts at; broken documents are left out and counted. */
export function readObjects(text: string): { objects: { object: Loose; line: number }[]; broken: number } {
  const documents = parseAllDocuments(text, { prettyErrors: false, logLevel: "silent" });
  const objects: { object: Loose; line: number }[] = [];
  let broken = 0;
  for (const document of documents) {
    const value: unknown =
      document.errors.length > 0 ? undefined : safeValue(() => document.toJS({ maxAliasCount: 50 }));
    if (value === undefined) broken += 1;
    else if (isLoose(value)) objects.push({ object: value, line: lineAt(text, startOf(document.contents)) });
  }
  return { objects, broken };
}

function safeValue(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const startOf = (contents: unknown): number => (isNode(contents) ? (contents.range?.[0] ?? 0) : 0);

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

/** API group of an object, "" for the core group. */
export const groupOf = (object: Loose): string => {
  const apiVersion = textAt(object, "apiVersion") ?? "";
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
};

export const kindOf = (object: Loose): string => textAt(object, "kind") ?? "";
export const nameOf = (object: Loose): string => textAt(object, "metadata", "name") ?? "";

/** The string, number or boolean at a path of somebody else's object, as text; null where there is none. */
export function looseAt(value: unknown, path: readonly string[]): string | null {
  let here: unknown = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return null;
    here = (here as Record<string, unknown>)[key];
  }
  if (typeof here === "string") return here === "" ? null : here;
  return typeof here === "number" || typeof here === "boolean" ? String(here) : null;
}

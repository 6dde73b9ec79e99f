type Path = readonly (string | number)[];

/** The value at a path of an object whose shape is not ours; undefined when any step is missing. */
export function at(value: unknown, ...path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

/** A string at a path; undefined for anything else. */
export function textAt(value: unknown, ...path: Path): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** A number at a path; undefined for anything else. */
export function numberAt(value: unknown, ...path: Path): number | undefined {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
}

/** Whether `true` stands at a path. */
export function isTrueAt(value: unknown, ...path: Path): boolean {
  return at(value, ...path) === true;
}

/** The list at a path; empty for anything else. */
export function listAt(value: unknown, ...path: Path): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The mapping at a path; empty for anything else. */
export function recordAt(value: unknown, ...path: Path): Record<string, unknown> {
  const found = at(value, ...path);
  return typeof found === "object" && found !== null && !Array.isArray(found)
    ? (found as Record<string, unknown>)
    : {};
}

/** A reference `{apiGroup, kind, name}` at a path; undefined when incomplete. */
export function refAt(value: unknown, ...path: Path): { kind: string; name: string } | undefined {
  const kind = textAt(value, ...path, "kind");
  const name = textAt(value, ...path, "name");
  return kind === undefined || name === undefined ? undefined : { kind, name };
}

/** The list at a path as strings; other items are left out. */
export function textsAt(value: unknown, ...path: Path): string[] {
  return listAt(value, ...path).filter((each) => typeof each === "string");
}

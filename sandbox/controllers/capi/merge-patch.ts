import { isDeepStrictEqual } from "node:util";

type Json = Record<string, unknown>;

/**
 * The JSON merge patch (RFC 7396) that turns `from` into `to`; undefined when they are the same. Lists are replaced
 * whole, and a field that is gone or undefined in `to` becomes null.
 */
export function mergePatch(from: Json, to: Json): Json | undefined {
  const patch: Json = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const before = from[key];
    const after = to[key];
    if (isDeepStrictEqual(before, after)) continue;
    if (after === undefined) patch[key] = null;
    else if (isRecord(before) && isRecord(after)) {
      const inner = mergePatch(before, after);
      if (inner !== undefined) patch[key] = inner;
    } else patch[key] = after;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

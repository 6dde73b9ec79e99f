import { readFileSync } from "node:fs";
import type { Unstructured } from "../runtime/objects.ts";

type Json = Record<string, unknown>;

/** One step of a recording. */
export interface Recorded {
  type: "INIT" | "ADDED" | "MODIFIED" | "DELETED";
  object: Unstructured;
}

/** Unpacks a recording (see README.md here); Events are left out. */
export function replay(name: string): Recorded[] {
  const text = readFileSync(new URL(`./${name}.jsonl`, import.meta.url), "utf8");
  const now = new Map<string, Json>();
  const steps: Recorded[] = [];
  for (const line of text.split("\n").filter((each) => each !== "")) {
    const entry = JSON.parse(line) as { type: Recorded["type"]; object?: Unstructured; key?: string; patch?: Json };
    if (entry.object !== undefined) {
      if (entry.object.kind === "Event") continue;
      now.set(keyOf(entry.object), encode(entry.object) as Json);
      steps.push({ type: entry.type, object: entry.object });
      continue;
    }
    const key = entry.key ?? "";
    const merged = merge(now.get(key) ?? {}, entry.patch ?? {});
    now.set(key, merged);
    steps.push({ type: entry.type, object: decode(merged) as Unstructured });
  }
  return steps;
}

function keyOf({ kind, metadata }: Unstructured): string {
  return `${kind}/${metadata.namespace ?? ""}/${metadata.name}`;
}

function encode(value: unknown): unknown {
  if (Array.isArray(value)) {
    const types = value.map((each) => (isRecord(each) ? each.type : undefined));
    const isTyped = types.length > 0 && types.every((each) => typeof each === "string");
    if (!isTyped || new Set(types).size !== types.length) return value;
    const entries = value.map((each: Json) => {
      const { type, ...rest } = each;
      return [`@${String(type)}`, encode(rest)] as const;
    });
    return { ...Object.fromEntries(entries), "@order": types.join(",") };
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, encode(each)]));
}

function decode(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const order = value["@order"];
  if (typeof order === "string")
    return order
      .split(",")
      .filter((type) => type !== "")
      .map((type) => ({ type, ...(decode(value[`@${type}`]) as Json) }));
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, decode(each)]));
}

function merge(into: Json, patch: Json): Json {
  const merged = { ...into };
  for (const [field, value] of Object.entries(patch)) {
    const before = merged[field];
    if (value === null) merged[field] = undefined;
    else merged[field] = isRecord(value) && isRecord(before) ? merge(before, value) : value;
  }
  return merged;
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

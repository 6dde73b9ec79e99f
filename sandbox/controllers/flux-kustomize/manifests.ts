import { parseDocument } from "yaml";
import type { Tags } from "yaml";
import type { Unstructured } from "../runtime/objects.ts";
import { ReconcileError } from "./reconcile-error.ts";

/** Splits kustomize's output, which always separates documents with a line `---`. */
export function splitDocuments(text: string): string[] {
  return text.split(/^---\n/m).filter((document) => document.trim() !== "");
}

/**
 * Parses one document the way sigs.k8s.io/yaml does: YAML 1.1 booleans (so a substituted bare `y`, `N` or `on` is
 * no string any more), but no dates and no sexagesimal numbers. Lists are taken apart.
 */
export function parseManifest(text: string): Unstructured[] {
  const document = parseDocument(text, { version: "1.1", customTags: withoutDates, logLevel: "silent" });
  const [error] = document.errors;
  if (error !== undefined)
    throw new ReconcileError("BuildFailed", `error converting YAML to JSON: ${error.message}`);
  const object: unknown = document.toJS({ maxAliasCount: 100 });
  if (object === null) return [];
  if (!isObject(object)) throw new ReconcileError("BuildFailed", "missing Resource metadata");
  if (object.kind.endsWith("List") && Array.isArray(object.items)) return object.items.filter(isObject);
  return [object];
}

function withoutDates(tags: Tags): Tags {
  return tags.filter((tag) => {
    if (typeof tag === "string") return tag !== "timestamp" && tag !== "intTime" && tag !== "floatTime";
    return !/timestamp/.test(tag.tag) && !("format" in tag && tag.format === "TIME");
  });
}

function isObject(value: unknown): value is Unstructured {
  if (typeof value !== "object" || value === null) return false;
  const { apiVersion, kind, metadata } = value as Record<string, unknown>;
  return (
    typeof apiVersion === "string" &&
    typeof kind === "string" &&
    typeof metadata === "object" &&
    metadata !== null
  );
}

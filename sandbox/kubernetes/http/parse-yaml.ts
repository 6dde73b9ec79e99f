import { parseDocument } from "yaml";
import { badRequest } from "../api-error.ts";
import type { Json } from "../json.ts";

/**
 * YAML 1.1, as sigs.k8s.io/yaml reads it; of a key that is given twice the last one counts, and `duplicates` says so
 * in go-yaml's words.
 *
 * @throws ApiError 400 for broken text.
 */
export function parseYaml(text: string, duplicates: string[]): Json {
  const document = parseDocument(text, { version: "1.1", merge: true, logLevel: "error" });
  for (const error of document.errors) {
    if (error.code !== "DUPLICATE_KEY") throw badRequest(`yaml: ${said(error.code, error.message)}`);
    const line = error.linePos?.[0].line ?? 0;
    duplicates.push(`line ${String(line)}: key "${keyAt(text, line)}" already set in map`);
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return JSON.parse(JSON.stringify(value ?? null)) as Json;
  } catch (error) {
    throw badRequest(`yaml: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function said(code: string, message: string): string {
  if (code === "BLOCK_AS_IMPLICIT_KEY") return "mapping values are not allowed in this context";
  return message.split(" at line ", 1)[0] ?? message;
}

function keyAt(text: string, line: number): string {
  const key = /^\s*(?:- )*\s*([^:]+?)\s*:/.exec(text.split("\n")[line - 1] ?? "")?.[1] ?? "";
  return key.replaceAll(/^["']|["']$/g, "");
}

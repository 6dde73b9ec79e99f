import { isObject } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";

/** Members of built-in kinds that are maps of texts, or of base64. */
const maps: Record<string, Record<string, "text" | "base64">> = {
  ConfigMap: { data: "text", binaryData: "base64" },
  Secret: { data: "base64", stringData: "text" },
};

/**
 * Why a body does not decode into the Go type of its built-in kind, in Go's words; undefined when it does. Only the
 * maps people write by hand are looked at.
 */
export function typeProblem(kind: string, body: JsonObject): string | undefined {
  for (const [field, type] of Object.entries(maps[kind] ?? {})) {
    const map = body[field];
    if (!isObject(map)) continue;
    for (const value of Object.values(map)) {
      const problem = valueProblem(value, type, `${kind}.${field}`);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function valueProblem(value: Json | undefined, type: "text" | "base64", field: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") {
    const given = Array.isArray(value) ? "array" : typeof value === "boolean" ? "bool" : typeof value;
    const wanted = type === "text" ? "string" : "[]uint8";
    return `json: cannot unmarshal ${given} into Go struct field ${field} of type ${wanted}`;
  }
  if (type === "text") return undefined;
  const at = badBase64(value.replaceAll(/[\r\n]/g, ""));
  return at < 0 ? undefined : `illegal base64 data at input byte ${String(at)}`;
}

function badBase64(text: string): number {
  const odd = text.search(/[^A-Za-z0-9+/=]/);
  if (odd >= 0) return odd;
  const padding = /^[^=]*(?:={0,2})$/.test(text) && text.length % 4 === 0;
  return padding ? -1 : Math.floor(text.length / 4) * 4;
}

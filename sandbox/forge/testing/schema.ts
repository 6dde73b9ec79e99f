import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import type { ValidateFunction } from "ajv";

/**
 * GitHub's own description of its REST API as JSON Schema: `nullable` is not a word of JSON Schema, so it is spelled
 * out; formats are not checked.
 */
export class GithubSchemas {
  readonly #ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

  constructor() {
    const file = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
    const { components } = JSON.parse(readFileSync(file, "utf8")) as { components: unknown };
    this.#ajv.addSchema(spellOut({ $id: "github", components }) as object);
  }

  /** What is wrong with a value as an object of this name; empty when it fits. */
  problems(name: string, value: unknown): string[] {
    const validate: ValidateFunction | undefined = this.#ajv.getSchema(`github#/components/schemas/${name}`);
    if (validate === undefined) throw new Error(`no schema ${name}`);
    validate(value);
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ""}`);
  }
}

function spellOut(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(spellOut);
  if (typeof node !== "object" || node === null) return node;
  const { nullable, ...rest } = node as Record<string, unknown>;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, spellOut(value)]));
  return nullable === true ? { anyOf: [schema, { type: "null" }] } : schema;
}

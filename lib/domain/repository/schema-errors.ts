import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import formatsPlugin, { type FormatsPlugin } from "ajv-formats";
import type { Parameters, ParametersSchema } from "./parameter-schema.ts";
import { forbiddenCharacters } from "./template-syntax.ts";

const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
// A CommonJS module: its default export is reached the same way in Node and through every bundler.
const addFormats = formatsPlugin.default as FormatsPlugin;
addFormats(ajv);

const validators = new WeakMap<object, ValidateFunction>();

function validatorOf(schema: ParametersSchema): ValidateFunction {
  let validate = validators.get(schema);
  if (!validate) {
    validate = ajv.compile(schema);
    validators.set(schema, validate);
  }
  return validate;
}

/** Why this is no JSON Schema ajv can use; null when it is one. */
export function schemaProblem(schema: ParametersSchema): string | null {
  try {
    validatorOf(schema);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Judges parameters by a template's JSON Schema: field path (`pools.0.size`) → sentence saying what is allowed. */
export function schemaErrors(schema: ParametersSchema, parameters: Parameters): Record<string, string> {
  const errors: Record<string, string> = {};
  const validate = validatorOf(schema);
  if (!validate(parameters)) {
    for (const error of validate.errors ?? []) {
      const path = pathOf(error);
      errors[path] ??= sentenceOf(error);
    }
  }
  findControls(parameters, "", errors);
  return errors;
}

function pathOf(error: ErrorObject): string {
  const path = error.instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const more = textOf(error, "missingProperty") ?? textOf(error, "additionalProperty");
  return [...path, ...(more === null ? [] : [more])].join(".");
}

function textOf(error: ErrorObject, key: string): string | null {
  const found = (error.params as Record<string, unknown>)[key];
  return typeof found === "string" || typeof found === "number" ? String(found) : null;
}

const kinds: Record<string, string> = {
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "yes or no",
  array: "a list",
  object: "a group of fields",
};

const formats: Record<string, string> = {
  "date-time": "a date and time like 2026-12-08T17:00:00Z",
  date: "a date like 2026-12-08",
  ipv4: "an address like 10.0.0.10",
};

type Sentence = (error: ErrorObject, limit: string) => string;

const sentences: Record<string, Sentence> = {
  required: () => "Fill this in.",
  additionalProperties: () => "The template has no such field.",
  type: (error) => `Must be ${kinds[textOf(error, "type") ?? ""] ?? "of another kind"}.`,
  enum: (error) => `Must be one of ${listOf((error.params as { allowedValues: unknown[] }).allowedValues)}.`,
  const: () => "Must be the one value the template allows.",
  minLength: (_error, limit) => (limit === "1" ? "Fill this in." : `At least ${limit} characters.`),
  maxLength: (_error, limit) => `At most ${limit} characters.`,
  minimum: (_error, limit) => `At least ${limit}.`,
  maximum: (_error, limit) => `At most ${limit}.`,
  minItems: (_error, limit) => `At least ${limit} needed.`,
  maxItems: (_error, limit) => `At most ${limit} allowed.`,
  format: (error) => `Must be ${formats[textOf(error, "format") ?? ""] ?? "written another way"}.`,
  pattern: (error) =>
    describe(error) ?? `Must match ${textOf(error, "pattern") ?? "the template's pattern"}.`,
};

function sentenceOf(error: ErrorObject): string {
  const sentence = sentences[error.keyword];
  return sentence
    ? sentence(error, textOf(error, "limit") ?? "")
    : `Not allowed here: ${error.message ?? error.keyword}.`;
}

/** The schema's own description says what a pattern means better than the pattern does. */
function describe(error: ErrorObject): string | null {
  const text = (error.parentSchema as { description?: unknown } | undefined)?.description;
  return typeof text === "string" ? `${text.replace(/\.$/, "")}.` : null;
}

const listOf = (values: unknown[]): string => values.map(String).join(", ");

function findControls(value: unknown, path: string, errors: Record<string, string>): void {
  if (typeof value === "string") {
    if (forbiddenCharacters.test(value))
      errors[path] ??= "Holds a control character; letters, digits and signs are allowed.";
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value))
    findControls(inner, path === "" ? key : `${path}.${key}`, errors);
}

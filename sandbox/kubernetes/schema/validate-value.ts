import type { Cause } from "../api-error.ts";
import { isObject, listOf, objectOf, sameJson, textOf, textsOf } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";

/** Extra cause the API server adds when an error kept it from running CEL rules. */
const unchecked: Cause = {
  reason: "FieldValueInvalid",
  message:
    "Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
  field: "<nil>",
};

/** Reasons after which the API server skips CEL rules (recorded: required, enum, type, length). */
export const blocking = new Set([
  "FieldValueRequired",
  "FieldValueNotSupported",
  "FieldValueTypeInvalid",
  "FieldValueTooLong",
]);

/** Checks `object` against a structural schema; the causes are worded as the API server words them. */
export function validateValue(object: JsonObject, schema: JsonObject): Cause[] {
  const causes: Cause[] = [];
  check(object, schema, "", causes);
  return causes.some((cause) => blocking.has(cause.reason) || cause.message.includes("at least 1 chars"))
    ? [...causes, unchecked]
    : causes;
}

/** The cause to add where something outside the schema is missing (a name). */
export function uncheckedCause(): Cause {
  return unchecked;
}

function invalid(field: string, value: Json | undefined, message: string): Cause {
  return {
    reason: "FieldValueInvalid",
    message: `Invalid value: ${JSON.stringify(value)}: ${message}`,
    field,
  };
}

function typeName(value: Json | undefined): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "float64";
  return typeof value;
}

function isType(value: Json, type: Json | undefined): boolean {
  if (type === undefined) return true;
  const actual = typeName(value);
  if (type === "number") return typeof value === "number";
  return actual === type;
}

function check(value: Json | undefined, schema: JsonObject, path: string, causes: Cause[]): void {
  if (value === undefined) return;
  if (value === null && schema["nullable"] === true) return;
  const intOrString = schema["x-kubernetes-int-or-string"] === true;
  const accepted = intOrString
    ? typeof value === "string" || Number.isInteger(value)
    : isType(value, schema["type"]);
  if (!accepted) {
    causes.push(...wrongType(value, schema, path));
    return;
  }
  checkEnum(value, schema, path, causes);
  if (typeof value === "string") checkText(value, schema, path, causes);
  else if (typeof value === "number") checkNumber(value, schema, path, causes);
  else if (Array.isArray(value)) checkList(value, schema, path, causes);
  else if (isObject(value)) checkMembers(value, schema, path, causes);
}

function wrongType(value: Json, schema: JsonObject, path: string): Cause[] {
  const actual = typeName(value);
  const format = schema["format"];
  const fractional = actual === "float64" && typeof format === "string";
  const wanted = fractional ? format : textOf(schema["type"]) || "integer or string";
  const cause: Cause = {
    reason: "FieldValueTypeInvalid",
    message: `Invalid value: "${actual}": ${path} in body must be of type ${wanted}: "${actual}"`,
    field: path,
  };
  if (!fractional) return [cause];
  const message = `Invalid value: "": Checked value must be of type integer with format ${format} in ${path}`;
  return [cause, { reason: "FieldValueInvalid", message, field: "<nil>" }];
}

function checkEnum(value: Json, schema: JsonObject, path: string, causes: Cause[]): void {
  const values = listOf(schema["enum"]);
  if (values.length === 0 || values.some((allowed) => sameJson(allowed, value))) return;
  const supported = values.map((allowed) => JSON.stringify(allowed)).join(", ");
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported}`;
  causes.push({ reason: "FieldValueNotSupported", message, field: path });
}

function checkText(value: string, schema: JsonObject, path: string, causes: Cause[]): void {
  const { minLength, maxLength, pattern } = schema;
  const length = Array.from(value).length;
  if (typeof maxLength === "number" && length > maxLength) {
    const message = `Too long: may not be more than ${String(maxLength)} bytes`;
    causes.push({ reason: "FieldValueTooLong", message, field: path });
  }
  if (typeof minLength === "number" && length < minLength) {
    causes.push(invalid(path, value, `${path} in body should be at least ${String(minLength)} chars long`));
  }
  if (typeof pattern === "string" && !patternOf(pattern).test(value)) {
    causes.push(invalid(path, value, `${path} in body should match '${pattern}'`));
  }
}

const patterns = new Map<string, RegExp>();

function patternOf(pattern: string): RegExp {
  let compiled = patterns.get(pattern);
  if (!compiled) {
    try {
      compiled = new RegExp(pattern, "u");
    } catch {
      compiled = new RegExp(pattern);
    }
    patterns.set(pattern, compiled);
  }
  return compiled;
}

function checkNumber(value: number, schema: JsonObject, path: string, causes: Cause[]): void {
  const { minimum, maximum } = schema;
  if (typeof minimum === "number" && value < minimum) {
    causes.push(
      invalid(path, value, `${path} in body should be greater than or equal to ${String(minimum)}`),
    );
  }
  if (typeof maximum === "number" && value > maximum) {
    causes.push(invalid(path, value, `${path} in body should be less than or equal to ${String(maximum)}`));
  }
}

function checkList(value: Json[], schema: JsonObject, path: string, causes: Cause[]): void {
  const { minItems, maxItems } = schema;
  if (typeof minItems === "number" && value.length < minItems) {
    causes.push(
      invalid(path, value.length, `${path} in body should have at least ${String(minItems)} items`),
    );
  }
  if (typeof maxItems === "number" && value.length > maxItems) {
    const message = `Too many: ${String(value.length)}: must have at most ${String(maxItems)} items`;
    causes.push({ reason: "FieldValueTooMany", message, field: path });
  }
  const items = objectOf(schema["items"]);
  value.forEach((item, i) => {
    check(item, items, `${path}[${String(i)}]`, causes);
  });
  checkDuplicates(value, schema, path, causes);
}

function checkDuplicates(value: Json[], schema: JsonObject, path: string, causes: Cause[]): void {
  const type = schema["x-kubernetes-list-type"];
  if (type !== "map" && type !== "set") return;
  const keys = textsOf(schema["x-kubernetes-list-map-keys"]);
  const seen = new Set<string>();
  value.forEach((item, i) => {
    const key = type === "set" ? item : Object.fromEntries(keys.map((name) => [name, objectOf(item)[name]]));
    const text = JSON.stringify(key);
    if (seen.has(text)) {
      causes.push({
        reason: "FieldValueDuplicate",
        message: `Duplicate value: ${text}`,
        field: `${path}[${String(i)}]`,
      });
    }
    seen.add(text);
  });
}

function checkMembers(value: JsonObject, schema: JsonObject, path: string, causes: Cause[]): void {
  const { minProperties, maxProperties } = schema;
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  if (typeof minProperties === "number" && names.length < minProperties) {
    const message = `${path} in body should have at least ${String(minProperties)} properties`;
    causes.push(invalid(path, names.length, message));
  }
  if (typeof maxProperties === "number" && names.length > maxProperties) {
    const message = `Too many: ${String(names.length)}: must have at most ${String(maxProperties)} items`;
    causes.push({ reason: "FieldValueTooMany", message, field: path });
  }
  const prefix = path === "" ? "" : `${path}.`;
  for (const name of textsOf(schema["required"])) {
    if (value[name] !== undefined) continue;
    causes.push({ reason: "FieldValueRequired", message: "Required value", field: `${prefix}${name}` });
  }
  const properties = objectOf(schema["properties"]);
  const others = schema["additionalProperties"];
  for (const name of names) {
    const property = properties[name];
    if (path === "" && name === "metadata") continue;
    if (isObject(property)) check(value[name], property, `${prefix}${name}`, causes);
    else if (isObject(others)) check(value[name], others, `${prefix}${name}`, causes);
  }
}

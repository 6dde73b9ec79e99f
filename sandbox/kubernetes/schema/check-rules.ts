import { evaluateCel, toCel } from "../admission/cel.ts";
import type { Cause } from "../api-error.ts";
import { isObject, listOf, objectOf, textOf } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";

/**
 * CEL rules (`x-kubernetes-validations`) of a structural schema. Rules about `oldSelf` hold only where there is an old
 * value. A rule this evaluator cannot run (functions of the Kubernetes library it lacks) says nothing.
 */
export function checkRules(object: JsonObject, live: JsonObject | undefined, schema: JsonObject): Cause[] {
  const causes: Cause[] = [];
  check(object, live, schema, "", causes);
  return causes;
}

function check(
  value: Json | undefined,
  old: Json | undefined,
  schema: JsonObject,
  path: string,
  causes: Cause[],
): void {
  if (value === undefined || value === null) return;
  for (const rule of listOf(schema["x-kubernetes-validations"]).filter(isObject)) {
    const cause = failureOf(rule, value, old, path);
    if (cause) causes.push(cause);
  }
  if (Array.isArray(value)) {
    const items = objectOf(schema["items"]);
    value.forEach((item, i) => {
      check(item, undefined, items, `${path}[${String(i)}]`, causes);
    });
    return;
  }
  if (!isObject(value)) return;
  const properties = objectOf(schema["properties"]);
  for (const [name, member] of Object.entries(value)) {
    const property = properties[name] ?? schema["additionalProperties"];
    if (!isObject(property)) continue;
    check(member, objectOf(old)[name], property, path === "" ? name : `${path}.${name}`, causes);
  }
}

function failureOf(rule: JsonObject, value: Json, old: Json | undefined, path: string): Cause | undefined {
  const expression = textOf(rule["rule"]);
  if (/\boldSelf\b/.test(expression) && old === undefined) return undefined;
  const variables = { self: toCel(value), oldSelf: toCel(old ?? null) };
  const result = evaluateCel(expression, variables);
  if ("error" in result || result.value !== false) return undefined;
  const message =
    textOf(rule["message"]) || messageOf(rule, variables) || `failed rule: ${expression.trim()}`;
  return { reason: "FieldValueInvalid", message: `Invalid value: ${message}`, field: path || "<nil>" };
}

function messageOf(rule: JsonObject, variables: Record<string, unknown>): string {
  const expression = textOf(rule["messageExpression"]);
  if (expression === "") return "";
  const result = evaluateCel(expression, variables);
  return "value" in result ? textOf(result.value) : "";
}

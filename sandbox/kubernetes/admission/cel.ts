import { Environment } from "@marcbachmann/cel-js";
import { isObject } from "../json.ts";

interface MaybeValue {
  hasValue(): boolean;
  value(): unknown;
}

/** The CEL of admission policies: every variable dynamic, optional access (`.?x`, `orValue`) on. */
const environment = new Environment({
  unlistedVariablesAreDyn: true,
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: false,
}).registerOperator("optional<dyn> == optional<dyn>", (a: MaybeValue, b: MaybeValue) =>
  a.hasValue() && b.hasValue() ? same(a.value(), b.value()) : a.hasValue() === b.hasValue(),
);

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
}

/** JSON as CEL sees it: whole numbers are integers, absent members are absent. */
export function toCel(value: unknown): unknown {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toCel);
  if (!isObject(value)) return value ?? null;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, toCel(member)]));
}

export type Evaluated = { value: unknown } | { error: string };

type Compiled = ReturnType<typeof environment.parse>;
const compiled = new Map<string, Compiled>();

/** Evaluates; an error comes back as its first line, worded like the API server's. */
export function evaluateCel(expression: string, variables: Record<string, unknown>): Evaluated {
  try {
    let program = compiled.get(expression);
    if (!program) {
      program = environment.parse(expression);
      compiled.set(expression, program);
    }
    return { value: program(variables) as unknown };
  } catch (error) {
    return { error: firstLine(error) };
  }
}

/** Why an expression cannot be a condition; undefined when it can. */
export function checkCel(expression: string): string | undefined {
  const result = environment.check(expression);
  if (!result.valid) return `compilation failed: ${firstLine(result.error)}`;
  return result.type === "bool" ? undefined : `must evaluate to bool but got ${String(result.type)}`;
}

function firstLine(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
  return text.replace(/^No such key/, "no such key");
}

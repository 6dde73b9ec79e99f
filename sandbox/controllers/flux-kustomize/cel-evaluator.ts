import { Environment } from "@marcbachmann/cel-js";
import type { Unstructured } from "../runtime/objects.ts";
import type { KustomizationSpec } from "./kustomization.ts";
import type { ObjectStatus } from "./object-status.ts";
import { ReconcileError, messageOf } from "./reconcile-error.ts";

/** Judges objects of one group and kind by expressions of `spec.healthCheckExprs`. */
export interface StatusEvaluator {
  group: string;
  kind: string;
  /** Throws in Flux's words when an expression cannot be evaluated (yet). */
  evaluate: (object: Unstructured) => ObjectStatus;
}

const environment = new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true });

/** Parses `spec.healthCheckExprs`; a terminal InvalidCELExpression when one is no CEL. */
export function evaluatorsOf(spec: KustomizationSpec): StatusEvaluator[] {
  return spec.healthCheckExprs.map((check, i) => {
    const compile = (expression: string | undefined): ((object: Unstructured) => boolean) =>
      expression === undefined ? () => false : celPredicate(expression, `healthchecks[${String(i)}]`);
    const rules = [
      ["InProgress", compile(check.inProgress)],
      ["Failed", compile(check.failed)],
      ["Current", compile(check.current)],
    ] as const;
    return {
      group: check.apiVersion.includes("/") ? (check.apiVersion.split("/")[0] ?? "") : "",
      kind: check.kind,
      evaluate: (object) => rules.find(([, holds]) => holds(object))?.[0] ?? "InProgress",
    };
  });
}

/** A compiled boolean expression over an object's top-level fields. */
function celPredicate(expression: string, where: string): (object: Unstructured) => boolean {
  let run: (context: Record<string, unknown>) => unknown;
  try {
    run = environment.parse(expression);
  } catch (error) {
    const why = `failed to parse the expression '${expression}': ${messageOf(error)}`;
    throw new ReconcileError(
      "InvalidCELExpression",
      `failed to create custom status evaluator for ${where}: ${why}`,
      {
        isTerminal: true,
      },
    );
  }
  return (object) => {
    try {
      return run(celValue(object) as Record<string, unknown>) === true;
    } catch (error) {
      throw new Error(`failed to evaluate the CEL expression '${expression}': ${messageOf(error)}`, {
        cause: error,
      });
    }
  };
}

/** Evaluates `readyExpr` of a dependency over `dep` and `self`. */
export function evaluateReadyExpr(expression: string, dep: Unstructured, self: Unstructured): boolean {
  try {
    return environment.evaluate(expression, { dep: celValue(dep), self: celValue(self) }) === true;
  } catch (error) {
    throw new Error(`failed to parse the CEL expression '${expression}': ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** JSON numbers without a fraction are CEL integers. */
function celValue(value: unknown): unknown {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(celValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, celValue(each)]));
}

import {
  fieldsWithPicker,
  type FieldOf,
  type Parameters,
  type ParametersSchema,
} from "./parameter-schema.ts";

/** What is wrong with the pools of a request: bounds, names given twice, no System pool. */
export function poolProblems(
  schema: ParametersSchema,
  parameters: Parameters,
): { errors: Record<string, string>; sentence: string } {
  const errors: Record<string, string> = {};
  const parent = (field: FieldOf): string => field.path.slice(0, -1).join(".");
  const fewest = fieldsWithPicker(schema, parameters, "min-nodes");
  for (const most of fieldsWithPicker(schema, parameters, "max-nodes")) {
    const least = fewest.find((field) => parent(field) === parent(most))?.value;
    if (typeof least !== "number" || typeof most.value !== "number" || most.value >= least) continue;
    errors[most.path.join(".")] = `At least ${String(least)}, the fewest nodes.`;
  }
  for (const { path, value } of fieldsWithPicker(schema, parameters, "pools")) {
    if (Array.isArray(value)) Object.assign(errors, listProblems(path.join("."), value));
  }
  return { errors, sentence: "every pool has its bounds in order" };
}

function listProblems(path: string, pools: unknown[]): Record<string, string> {
  const errors: Record<string, string> = {};
  const seen = new Set<unknown>();
  const textOf = (pool: unknown, key: string): unknown =>
    typeof pool === "object" && pool !== null ? (pool as Record<string, unknown>)[key] : undefined;
  pools.forEach((pool, index) => {
    const name = textOf(pool, "name");
    if (seen.has(name))
      errors[`${path}.${String(index)}.name`] =
        `${String(name)} is used twice; every pool needs a name of its own.`;
    seen.add(name);
  });
  const modes = pools.map((pool) => textOf(pool, "mode")).filter((mode) => mode !== undefined);
  if (modes.length > 0 && !modes.includes("System"))
    errors[path] = "One pool must have the mode System: AKS runs its own parts there.";
  return errors;
}

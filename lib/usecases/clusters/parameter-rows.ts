import type { ChangeParameter } from "../../domain/change/meta.ts";
import type {
  ParameterSchema,
  Parameters,
  ParametersSchema,
} from "../../domain/repository/parameter-schema.ts";

/** Parameters people do not read again in the list: they are the title, or said elsewhere. */
const elsewhere = new Set(["name", "purpose"]);
const plain = new Set(["team", "environment", "owner", "expiry", "region"]);

/** Parameters as label and value, in the order of the template's schema. */
export function parameterRows(schema: ParametersSchema, parameters: Parameters): ChangeParameter[] {
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const value = parameters[name];
    if (elsewhere.has(name) || value === undefined) return [];
    const label = property.title ?? name;
    if (Array.isArray(value))
      return value.map((item: unknown, index) => itemRow(label, property, item, index));
    const mono = typeof value === "string" && !plain.has(property["x-fleetwright"]?.picker ?? "");
    const text = property.format === "date-time" ? dateOf(value) : null;
    return [{ label, value: text ?? textOf(value), mono }];
  });
}

/** One item of a list on one line: `system pool` → `System · Standard_D4s_v5 · 2–3`. */
function itemRow(label: string, { items }: ParameterSchema, item: unknown, index: number): ChangeParameter {
  if (typeof item !== "object" || item === null)
    return { label: `${label} ${String(index + 1)}`, value: textOf(item), mono: true };
  const fields = item as Record<string, unknown>;
  const name =
    typeof fields["name"] === "string"
      ? `${fields["name"]} (${items?.properties?.["name"]?.title ?? label})`
      : `${label} ${String(index + 1)}`;
  const { min, max } = fields;
  const range =
    min === undefined || max === undefined
      ? []
      : [min === max ? textOf(min) : `${textOf(min)}–${textOf(max)}`];
  const rest = Object.entries(fields).filter(([key]) => !["name", "min", "max"].includes(key));
  return {
    label: name,
    value: [...rest.map(([, value]) => textOf(value)), ...range].join(" · "),
    mono: true,
  };
}

const time = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** `8 December 2026 at 17:00 UTC`; null for what is no date. */
function dateOf(value: unknown): string | null {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : `${time.format(at)} UTC`;
}

function textOf(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}

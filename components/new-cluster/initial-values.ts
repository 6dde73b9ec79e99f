import type { NewClusterForm, TemplateView } from "@/lib/queries/views";
import type { ParameterSchema } from "@/lib/domain/repository/parameter-schema";
import type { Values } from "./contracts";
import { isObjectSchema } from "./field-spec";

const ephemeralDays = 14;

interface Known {
  form: NewClusterForm;
  login: string;
  now: string;
}

/**
 * What the form starts with: the schema's defaults, and what can be told from the fleet (the only team, the first
 * region and its recommended version, a hand-back in two weeks). With two teams none is chosen: quota and rights
 * hang on it. `before` keeps what was typed when the template changes.
 */
export function initialValues(template: TemplateView, known: Known, before: Values = {}): Values {
  if (!isObjectSchema(template.schema)) return {};
  const values: Values = {};
  for (const [name, schema] of Object.entries(template.schema.properties ?? {})) {
    const kept = name in before && fits(schema, before[name]) ? before[name] : undefined;
    values[name] = kept ?? structuredClone(schema.default) ?? guess(schema, known);
  }
  return values;
}

function guess(schema: ParameterSchema, { form, login, now }: Known): unknown {
  const [region] = form.regions;
  switch (schema["x-fleetwright"]?.picker) {
    case "team":
      return form.teams.length === 1 ? form.teams[0]?.name : "";
    case "owner":
      return login;
    case "region":
      return region?.name ?? "";
    case "version":
      return region?.versions[0] ?? "";
    case "size":
      return region?.sizes[0] ?? "";
    case "expiry":
      return handBackIn(Math.min(ephemeralDays, shortestStay(form)), now);
    case "environment":
      return schema.enum?.find((each) => each === "development") ?? schema.enum?.[0] ?? "";
    default:
      if (schema.enum?.length === 1) return schema.enum[0];
      if (schema.type === "boolean") return false;
      return schema.type === "array" ? [] : "";
  }
}

const shortestStay = (form: NewClusterForm): number =>
  Math.min(ephemeralDays, ...form.teams.flatMap(({ maxDays }) => maxDays ?? []));

/** Clusters are handed back at the end of a working day. */
export const handBackTime = "T17:00:00Z";

/** That many days from now. */
const handBackIn = (days: number, now: string): string =>
  new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10) + handBackTime;

function fits(schema: ParameterSchema, value: unknown): boolean {
  if (schema.enum) return schema.enum.includes(value);
  const type = Array.isArray(value) ? "array" : typeof value;
  const wanted = schema.type === "integer" ? "number" : schema.type;
  return type === wanted && (type !== "array" || JSON.stringify(value) !== "[]");
}

/** An item of a list, with the schema's defaults and the first size offered. */
export function newItem(schema: ParameterSchema, known: Known): Values {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, property]) => [
      name,
      property.default ?? (property.type === "integer" ? (property.minimum ?? 1) : guess(property, known)),
    ]),
  );
}

import type { ParameterSchema, Picker } from "@/lib/domain/repository/parameter-schema";

export interface FieldSpec {
  /** Path of the value: `name`, or `pools.0.size` inside a list. */
  path: string;
  label: string;
  picker: Picker | null;
  schema: ParameterSchema;
  required: boolean;
  help: string | null;
}

export interface FieldGroup {
  title: string;
  /** Sensible defaults: folded until asked for. */
  folded: boolean;
  fields: FieldSpec[];
}

/** Filled in by the server's knowledge of who asks; not a field. */
const silent: readonly (Picker | null)[] = ["owner"];

/** The form of a template: its parameters in groups, in the order of the schema. */
export function fieldGroups(schema: unknown): FieldGroup[] {
  if (!isObjectSchema(schema)) return [];
  const groups = new Map<string, FieldGroup>();
  for (const field of fieldsOf(schema, "")) {
    if (silent.includes(field.picker)) continue;
    const hint = field.schema["x-fleetwright"];
    const title = hint?.group ?? "More";
    const group = groups.get(title) ?? { title, folded: true, fields: [] };
    group.folded &&= hint?.folded === true;
    group.fields.push(field);
    groups.set(title, group);
  }
  return [...groups.values()];
}

/** Fields of an object schema below `prefix`. */
export function fieldsOf(schema: ParameterSchema, prefix: string): FieldSpec[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    path: `${prefix}${name}`,
    label: property.title ?? name,
    picker: property["x-fleetwright"]?.picker ?? null,
    schema: property,
    required: schema.required?.includes(name) ?? false,
    help: property["x-fleetwright"]?.help ?? property.description ?? null,
  }));
}

/** Id of the control of a path in the page. */
export const fieldId = (path: string): string => `field-${path.replaceAll(".", "-")}`;

/** The path of the field that a picker fills at the top of the form. */
export const pathOfPicker = (groups: FieldGroup[], picker: Picker): string | null =>
  groups.flatMap(({ fields }) => fields).find((field) => field.picker === picker)?.path ?? null;

/** The server has judged the template's schema (parseTemplate); here only its outer shape is looked at. */
export const isObjectSchema = (schema: unknown): schema is ParameterSchema =>
  typeof schema === "object" &&
  schema !== null &&
  "properties" in schema &&
  typeof schema.properties === "object";

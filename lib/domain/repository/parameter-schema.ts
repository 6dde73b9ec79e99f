/**
 * What the form is told about a parameter beyond its JSON Schema (`x-fleetwright`): where it stands and which
 * picker fills it. The picker also says which cross-field rule applies (cluster-request).
 */
interface FieldHint {
  group?: string;
  picker?: Picker;
  /** Fields of a folded group have sensible defaults. */
  folded?: boolean;
  /** Sentence under the field. */
  help?: string;
}

/** Fields of the form that are filled by more than a text box. */
export type Picker =
  | "name"
  | "team"
  | "environment"
  | "purpose"
  | "owner"
  | "expiry"
  | "region"
  | "version"
  | "size"
  | "pods-cidr"
  | "services-cidr"
  | "nodes-cidr"
  | "dns-service-ip"
  | "subnet"
  | "min-nodes"
  | "max-nodes"
  | "nodes"
  | "pools";

/** The part of JSON Schema we read ourselves; ajv judges all of it. */
export interface ParameterSchema {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  examples?: unknown[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: ParameterSchema;
  properties?: Record<string, ParameterSchema>;
  required?: string[];
  "x-fleetwright"?: FieldHint;
}

/** A JSON Schema of type object: one property per parameter. */
export interface ParametersSchema extends ParameterSchema {
  properties: Record<string, ParameterSchema>;
}

export type Parameters = Record<string, unknown>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Fills in the schema's defaults, also inside objects and list items; never changes what was given. */
function withDefaults(schema: ParameterSchema, value: unknown): unknown {
  const present = value === undefined ? structuredClone(schema.default) : value;
  if (Array.isArray(present)) {
    const items = schema.items;
    return items ? present.map((item: unknown) => withDefaults(items, item)) : present;
  }
  if (!isRecord(present) || !schema.properties) return present;
  const filled: Record<string, unknown> = { ...present };
  for (const [name, property] of Object.entries(schema.properties)) {
    const own = withDefaults(property, Object.hasOwn(present, name) ? present[name] : undefined);
    if (own !== undefined) filled[name] = own;
  }
  return filled;
}

/** The parameters as the template sees them: defaults filled in, empty optional strings as if not given. */
export function effectiveParameters(schema: ParametersSchema, parameters: Parameters): Parameters {
  const given = Object.entries(parameters).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  const filled = withDefaults(schema, Object.fromEntries(given));
  return isRecord(filled) ? filled : {};
}

/** A property with its place: `["pools", 0, "size"]` for parameters given, and the hint's picker. */
export interface FieldOf {
  path: (string | number)[];
  value: unknown;
  schema: ParameterSchema;
}

/** Every field filled by this picker, with its value, also inside list items. */
export function fieldsWithPicker(
  schema: ParametersSchema,
  parameters: Parameters,
  picker: Picker,
): FieldOf[] {
  const found: FieldOf[] = [];
  const visit = (at: ParameterSchema, value: unknown, path: (string | number)[]): void => {
    if (at["x-fleetwright"]?.picker === picker) found.push({ path, value, schema: at });
    if (Array.isArray(value) && at.items) {
      const items = at.items;
      value.forEach((item: unknown, index) => {
        visit(items, item, [...path, index]);
      });
    } else if (at.properties) {
      for (const [name, property] of Object.entries(at.properties)) {
        const own = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
        visit(property, own, [...path, name]);
      }
    }
  };
  visit(schema, parameters, []);
  return found;
}

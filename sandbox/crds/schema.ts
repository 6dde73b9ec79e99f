/** Parts of structural schemas. Objects keep members they do not name, so only the fields in use are listed. */
export type Schema = { [key: string]: unknown };

export const text: Schema = { type: "string" };
export const flag: Schema = { type: "boolean" };
export const integer: Schema = { type: "integer" };
export const time: Schema = { type: "string", format: "date-time" };
export const int64: Schema = { type: "integer", format: "int64" };
export const int32: Schema = { type: "integer", format: "int32" };
export const anything: Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
export const texts: Schema = { type: "array", items: text };
export const textMap: Schema = { type: "object", additionalProperties: text };

/** `10m`, `1h30m` (Flux, every duration). */
export const duration: Schema = { type: "string", pattern: "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$" };

export function oneOf(...values: string[]): Schema {
  return { type: "string", enum: values };
}

export function object(
  properties: Record<string, Schema>,
  required: string[] = [],
  more: Schema = {},
): Schema {
  return {
    type: "object",
    properties,
    ...(required.length > 0 ? { required } : {}),
    "x-kubernetes-preserve-unknown-fields": true,
    ...more,
  };
}

export function list(items: Schema): Schema {
  return { type: "array", items };
}

/** A list merged item by item in server-side apply. */
export function listMap(keys: string[], items: Schema): Schema {
  return { type: "array", items, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": keys };
}

const conditionProperties: Record<string, Schema> = {
  type: { type: "string", maxLength: 316 },
  status: oneOf("True", "False", "Unknown"),
  reason: text,
  message: text,
  lastTransitionTime: time,
  observedGeneration: int64,
};

/** metav1.Condition. */
export const conditions = listMap(
  ["type"],
  object(conditionProperties, ["lastTransitionTime", "message", "reason", "status", "type"]),
);

/** Flux's conditions are one value in apply: no list type (its CRDs have none). */
export const fluxConditions = list(
  object(conditionProperties, ["lastTransitionTime", "message", "reason", "status", "type"]),
);

/** Conditions of Cluster API's old contract, with severity. */
export const oldConditions = list(
  object({ ...conditionProperties, severity: text }, ["lastTransitionTime", "status", "type"]),
);

export const localReference = object({ name: text }, ["name"]);

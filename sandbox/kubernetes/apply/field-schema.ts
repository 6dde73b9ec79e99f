import { isObject, textsOf } from "../json.ts";
import type { JsonObject } from "../json.ts";

/** How a field is merged and owned. */
export type FieldSchema =
  | { kind: "atomic" }
  | { kind: "map"; member(name: string): FieldSchema; declared(name: string): boolean }
  | { kind: "list-map"; keys: string[]; item: FieldSchema }
  | { kind: "list-set" };

export const atomic: FieldSchema = { kind: "atomic" };

/** A field no schema describes: objects merge member by member, lists are one value. */
export const deduced: FieldSchema = {
  kind: "map",
  member: () => deduced,
  declared: () => false,
};

/** Object metadata, the same for every kind (apimachinery's ObjectMeta markers). */
const metadata: FieldSchema = {
  kind: "map",
  declared: () => true,
  member(name) {
    if (name === "ownerReferences") return { kind: "list-map", keys: ["uid"], item: atomic };
    if (name === "finalizers") return { kind: "list-set" };
    return deduced;
  },
};

const cache = new WeakMap<JsonObject, FieldSchema>();

/** The schema of a custom resource; metadata is always ObjectMeta. */
export function schemaOfCustom(root: JsonObject | undefined): FieldSchema {
  if (!root) return rootSchema(deduced);
  let schema = cache.get(root);
  if (!schema) {
    schema = rootSchema(fromOpenApi(root));
    cache.set(root, schema);
  }
  return schema;
}

export function rootSchema(inner: FieldSchema): FieldSchema {
  return {
    kind: "map",
    declared: (name) => name === "metadata" || (inner.kind === "map" && inner.declared(name)),
    member: (name) => (name === "metadata" ? metadata : inner.kind === "map" ? inner.member(name) : deduced),
  };
}

function fromOpenApi(schema: JsonObject): FieldSchema {
  if (schema["type"] === "array") {
    const type = schema["x-kubernetes-list-type"];
    const items = isObject(schema["items"]) ? schema["items"] : {};
    if (type === "map") {
      return {
        kind: "list-map",
        keys: textsOf(schema["x-kubernetes-list-map-keys"]),
        item: fromOpenApi(items),
      };
    }
    return type === "set" ? { kind: "list-set" } : atomic;
  }
  if (schema["x-kubernetes-map-type"] === "atomic") return atomic;
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const others = schema["additionalProperties"];
  const members = new Map<string, FieldSchema>();
  return {
    kind: "map",
    declared: (name) => properties[name] !== undefined,
    member(name) {
      let member = members.get(name);
      if (!member) {
        const property = properties[name];
        member = isObject(property)
          ? fromOpenApi(property)
          : isObject(others)
            ? fromOpenApi(others)
            : deduced;
        if (isObject(property)) members.set(name, member);
      }
      return member;
    },
  };
}

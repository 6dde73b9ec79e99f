import { atomic, rootSchema } from "./field-schema.ts";
import type { FieldSchema } from "./field-schema.ts";

/** Keys of the list maps of built-in kinds, by the name of the field (markers in k8s.io/api). */
const keysByField: Record<string, string[]> = {
  containers: ["name"],
  initContainers: ["name"],
  ephemeralContainers: ["name"],
  env: ["name"],
  volumes: ["name"],
  volumeMounts: ["mountPath"],
  volumeDevices: ["devicePath"],
  imagePullSecrets: ["name"],
  secrets: ["name"],
  hostAliases: ["ip"],
  topologySpreadConstraints: ["topologyKey", "whenUnsatisfiable"],
  conditions: ["type"],
  addresses: ["type"],
  webhooks: ["name"],
  matchConditions: ["name"],
  variables: ["name"],
  resourceClaims: ["name"],
};

/** Maps that are one value: label selectors and references. */
const atomicMaps = new Set([
  "selector",
  "labelSelector",
  "namespaceSelector",
  "podSelector",
  "roleRef",
  "secretKeyRef",
  "configMapKeyRef",
  "fieldRef",
  "resourceFieldRef",
  "nodeSelector",
  "secretRef",
  "claimRef",
  "scaleTargetRef",
]);

/** Scalars in objects whose members the types declare, so the members' own names are fields of a struct. */
const freeMaps = new Set([
  "data",
  "binaryData",
  "stringData",
  "labels",
  "annotations",
  "matchLabels",
  "limits",
  "requests",
  "capacity",
  "allocatable",
]);

function listAt(name: string, kind: string, parent: string): FieldSchema {
  if (name === "ports") {
    if (kind === "Service")
      return { kind: "list-map", keys: ["port", "protocol"], item: objectAt(kind, name) };
    if (parent === "containers" || parent === "initContainers") {
      return { kind: "list-map", keys: ["containerPort", "protocol"], item: objectAt(kind, name) };
    }
    return atomic;
  }
  if (name === "finalizers") return { kind: "list-set" };
  if (name === "versions" && kind === "CustomResourceDefinition") return atomic;
  const keys = keysByField[name];
  return keys ? { kind: "list-map", keys, item: objectAt(kind, name) } : atomic;
}

/** Objects and lists are told apart by the value; this answers for the object form. */
function objectAt(kind: string, field: string): FieldSchema {
  return {
    kind: "map",
    declared: () => !freeMaps.has(field),
    member(name) {
      if (freeMaps.has(field)) return atomic;
      if (atomicMaps.has(name)) return atomic;
      const list = listAt(name, kind, field);
      return list.kind === "atomic" ? objectAt(kind, name) : list;
    },
  };
}

const cache = new Map<string, FieldSchema>();

/** A schema for a built-in kind, good enough to own and merge the fields people apply. */
export function schemaOfBuiltin(kind: string): FieldSchema {
  let schema = cache.get(kind);
  if (!schema) {
    schema = rootSchema(objectAt(kind, ""));
    cache.set(kind, schema);
  }
  return schema;
}

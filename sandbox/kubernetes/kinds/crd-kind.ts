import { isObject, listOf, objectOf, textOf, textsOf, valueAt } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { Kind, KindVersion, PrinterColumn } from "./kind.ts";

/** The order in which the API server lists the verbs of custom resources (recorded). */
const verbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];

/** Reads a CustomResourceDefinition that passed validation. */
export function kindOfCrd(crd: JsonObject): Kind {
  const spec = objectOf(crd["spec"]);
  const names = objectOf(spec["names"]);
  const group = textOf(spec["group"]);
  const resource = textOf(names["plural"]);
  const kind = textOf(names["kind"]);
  const versions = listOf(spec["versions"]).filter(isObject);
  const storage = versions.find((version) => version["storage"] === true) ?? versions[0];
  return {
    group,
    resource,
    singular: textOf(names["singular"]) || kind.toLowerCase(),
    kind,
    listKind: textOf(names["listKind"]) || `${kind}List`,
    namespaced: spec["scope"] !== "Cluster",
    shortNames: textsOf(names["shortNames"]),
    categories: textsOf(names["categories"]),
    verbs,
    subresources: [],
    versions: versions.map((version) => versionOf(version)).sort((a, b) => comparePriority(a.name, b.name)),
    storageVersion: textOf(storage?.["name"]),
    custom: true,
    hasGeneration: true,
    storeKey: `${group}/${resource}`,
  };
}

function versionOf(version: JsonObject): KindVersion {
  const schema = valueAt(version, "schema", "openAPIV3Schema");
  const scale = valueAt(version, "subresources", "scale");
  const columns = listOf(version["additionalPrinterColumns"]).filter(isObject).map(columnOf);
  const warning = textOf(version["deprecationWarning"]);
  return {
    name: textOf(version["name"]),
    served: version["served"] === true,
    ...(version["deprecated"] === true ? { deprecationWarning: warning } : {}),
    ...(isObject(schema) ? { schema } : {}),
    columns:
      columns.length > 0 ? columns : [{ name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" }],
    status: valueAt(version, "subresources", "status") !== undefined,
    ...(isObject(scale)
      ? {
          scale: {
            specReplicasPath: textOf(scale["specReplicasPath"]),
            statusReplicasPath: textOf(scale["statusReplicasPath"]),
            ...(scale["labelSelectorPath"] === undefined
              ? {}
              : { labelSelectorPath: textOf(scale["labelSelectorPath"]) }),
          },
        }
      : {}),
  };
}

function columnOf(column: JsonObject): PrinterColumn {
  return {
    name: textOf(column["name"]),
    type: textOf(column["type"]),
    jsonPath: textOf(column["jsonPath"]),
    ...(typeof column["format"] === "string" ? { format: column["format"] } : {}),
    ...(typeof column["description"] === "string" ? { description: column["description"] } : {}),
    ...(typeof column["priority"] === "number" ? { priority: column["priority"] } : {}),
  };
}

/** Kubernetes version priority: v2 before v1 before v1beta2 before v1beta1 before v1alpha1. */
export function comparePriority(a: string, b: string): number {
  const [stageA, majorA, minorA] = priority(a);
  const [stageB, majorB, minorB] = priority(b);
  return stageB - stageA || majorB - majorA || minorB - minorA || a.localeCompare(b);
}

function priority(version: string): [number, number, number] {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (!match) return [-1, 0, 0];
  const stage = match[2] === undefined ? 2 : match[2] === "beta" ? 1 : 0;
  return [stage, Number(match[1]), Number(match[3] ?? 0)];
}

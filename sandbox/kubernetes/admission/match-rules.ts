import { isObject, listOf, objectOf, textOf, textsOf } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import { splitApiVersion } from "../kinds/kind.ts";
import type { AdmissionRequest } from "./admission-request.ts";

/** matchConstraints of a policy or matchResources of a binding; nothing said matches everything. */
export function matchesResources(rules: Json | undefined, request: AdmissionRequest): boolean {
  if (!isObject(rules)) return true;
  const included = listOf(rules["resourceRules"]).filter(isObject);
  const excluded = listOf(rules["excludeResourceRules"]).filter(isObject);
  if (included.length > 0 && !included.some((rule) => covers(rule, request))) return false;
  if (excluded.some((rule) => covers(rule, request))) return false;
  const { target } = request;
  const namespaceName = target.kind.kind === "Namespace" ? target.name : target.namespace;
  const namespace = target.cluster.store.get("/namespaces", undefined, namespaceName ?? "")?.object;
  const labels = [request.object, request.oldObject].map((object) => object?.metadata.labels ?? {});
  return (
    (namespaceName === undefined || selects(rules["namespaceSelector"], namespace?.metadata.labels ?? {})) &&
    labels.some((one) => selects(rules["objectSelector"], one))
  );
}

function has(list: string[], wanted: string): boolean {
  return list.includes("*") || list.includes(wanted);
}

function covers(rule: JsonObject, { operation, target, object, oldObject }: AdmissionRequest): boolean {
  const { kind, subresource } = target;
  const scope = textOf(rule["scope"]) || "*";
  if (scope === "Cluster" && kind.namespaced) return false;
  if (scope === "Namespaced" && !kind.namespaced) return false;
  const resources = textsOf(rule["resources"]);
  const matched = resources.some((entry) => {
    const [resource = "", sub = ""] = entry.split("/");
    if (entry === "*/*") return true;
    return (resource === "*" || resource === kind.resource) && (sub === "*" || sub === subresource);
  });
  const names = textsOf(rule["resourceNames"]);
  const name = (object ?? oldObject)?.metadata.name ?? "";
  return (
    matched &&
    has(textsOf(rule["apiGroups"]), kind.group) &&
    has(textsOf(rule["apiVersions"]), splitApiVersion(target.apiVersion).version) &&
    has(textsOf(rule["operations"]), operation) &&
    (names.length === 0 || names.includes(name))
  );
}

/** A metav1.LabelSelector. */
function selects(selector: Json | undefined, labels: Record<string, string>): boolean {
  if (!isObject(selector)) return true;
  const exact = Object.entries(objectOf(selector["matchLabels"]));
  if (!exact.every(([key, value]) => labels[key] === value)) return false;
  return listOf(selector["matchExpressions"])
    .filter(isObject)
    .every((expression) => {
      const value = labels[textOf(expression["key"])];
      const values = textsOf(expression["values"]);
      switch (expression["operator"]) {
        case "In":
          return value !== undefined && values.includes(value);
        case "NotIn":
          return value === undefined || !values.includes(value);
        case "Exists":
          return value !== undefined;
        default:
          return value === undefined;
      }
    });
}

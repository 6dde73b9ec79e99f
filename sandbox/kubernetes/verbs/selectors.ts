import { badRequest } from "../api-error.ts";
import { textOf, valueAt } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";
import type { Target } from "./target.ts";

export type Filter = (object: KubeObject) => boolean;

type Labels = Record<string, string>;

/** Reads `a=b,c!=d,e in (f,g),h,!i` (apimachinery, labels.Parse). @throws ApiError 400 */
export function labelFilter(selector: string): (labels: Labels) => boolean {
  const requirements = splitTop(selector).map(requirementOf);
  return (labels) => requirements.every((requirement) => requirement(labels));
}

/** Splits at commas outside parentheses. */
function splitTop(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function requirementOf(text: string): (labels: Labels) => boolean {
  const set = /^([^\s!=]+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(text);
  if (set) {
    const [, key = "", operator, list = ""] = set;
    const values = list.split(",").map((value) => value.trim());
    return (labels) => (labels[key] !== undefined && values.includes(labels[key])) === (operator === "in");
  }
  const equal = /^([^\s!=]+)\s*(==|=|!=)\s*(\S*)$/.exec(text);
  if (equal) {
    const [, key = "", operator, value = ""] = equal;
    return (labels) => (labels[key] === value) === (operator !== "!=");
  }
  const absent = /^!\s*([^\s!=(),]+)$/.exec(text);
  if (absent) return (labels) => labels[absent[1] ?? ""] === undefined;
  const present = /^[^\s!=(),]+$/.exec(text);
  if (present) return (labels) => labels[text] !== undefined;
  throw badRequest(
    `unable to parse requirement: found '${text}', expected: 'in', 'notin', '=', '==', '!=', 'gt', 'lt'`,
  );
}

/** Fields of built-in kinds a field selector may name besides metadata.name and metadata.namespace. */
const selectable: Record<string, string[]> = {
  Event: [
    "involvedObject.kind",
    "involvedObject.namespace",
    "involvedObject.name",
    "involvedObject.uid",
    "involvedObject.apiVersion",
    "involvedObject.resourceVersion",
    "involvedObject.fieldPath",
    "reason",
    "reportingComponent",
    "source",
    "type",
  ],
  Secret: ["type"],
  Namespace: ["status.phase"],
  Pod: [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "status.phase",
    "status.podIP",
  ],
  Node: ["spec.unschedulable"],
  Job: ["status.successful"],
};

function fieldFilter(selector: string, target: Target): Filter {
  const tests = splitTop(selector).map((part) => {
    const match = /^([^!=]+?)\s*(==|=|!=)\s*(.*)$/.exec(part);
    if (!match) throw badRequest(`invalid selector: '${part}'; can't understand '${part}'`);
    const [, field = "", operator, value = ""] = match;
    const names = ["metadata.name", "metadata.namespace", ...(selectable[target.kind.kind] ?? [])];
    if (!names.includes(field)) throw badRequest(`field label not supported: ${field}`);
    const path = field.split(".");
    return (object: KubeObject) => (textOf(valueAt(object, ...path)) === value) === (operator !== "!=");
  });
  return (object) => tests.every((test) => test(object));
}

/** labelSelector and fieldSelector of a list, watch or deletecollection; undefined when there is none. */
export function filterOf(query: URLSearchParams, target: Target): Filter | undefined {
  const labels = query.get("labelSelector") ?? "";
  const fields = query.get("fieldSelector") ?? "";
  const byLabel = labels === "" ? undefined : labelFilter(labels);
  const byField = fields === "" ? undefined : fieldFilter(fields, target);
  const byName =
    target.name === undefined ? undefined : (object: KubeObject) => object.metadata.name === target.name;
  if (!byLabel && !byField && !byName) return undefined;
  return (object) =>
    (byLabel?.(object.metadata.labels ?? {}) ?? true) &&
    (byField?.(object) ?? true) &&
    (byName?.(object) ?? true);
}

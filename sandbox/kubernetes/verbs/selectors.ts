import { badRequest } from "../api-error.ts";
import { sayJson, valueAt } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";
import type { Target } from "./target.ts";

export type Filter = (object: KubeObject) => boolean;

type Labels = Record<string, string>;

/** Reads `a=b,c!=d,e in (f,g),h,!i` (apimachinery, labels.Parse). @throws ApiError 400 */
function labelFilter(selector: string): (labels: Labels) => boolean {
  if (/^\s*,/.test(selector)) throw badRequest("found ',', expected: !, identifier, or 'end of string'");
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

const value = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const valueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

function checkValue(key: string, text: string): string {
  if (value.test(text)) return text;
  throw badRequest(
    `unable to parse requirement: values[0][${key}]: Invalid value: ${JSON.stringify(text)}: ${valueText}`,
  );
}

function numberOf(text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text);
  const why = "for 'Gt', 'Lt' operators, the value must be an integer";
  throw badRequest(`unable to parse requirement: values[0]: Invalid value: ${JSON.stringify(text)}: ${why}`);
}

function requirementOf(text: string): (labels: Labels) => boolean {
  const start = /^([!=,<>()])/.exec(text)?.[1];
  if (start !== undefined && start !== "!") {
    throw badRequest(`found '${start}', expected: !, identifier, or 'end of string'`);
  }
  const set = /^([^\s!=<>]+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(text);
  if (set) {
    const [, key = "", operator, list = ""] = set;
    const values = list.split(",").map((item) => checkValue(key, item.trim()));
    return (labels) => (labels[key] !== undefined && values.includes(labels[key])) === (operator === "in");
  }
  const order = /^([^\s!=<>]+)\s*([<>])\s*(\S+)$/.exec(text);
  if (order) {
    const [, key = "", operator, bound = ""] = order;
    const limit = numberOf(bound);
    return (labels) => {
      const own = labels[key] === undefined ? Number.NaN : Number(labels[key]);
      return operator === ">" ? own > limit : own < limit;
    };
  }
  const equal = /^([^\s!=<>]+)\s*(==|=|!=)\s*(\S*)(?:\s+(\S+))?$/.exec(text);
  if (equal) {
    const [, key = "", operator, wanted = "", extra] = equal;
    if (extra !== undefined) throw badRequest(`found '${extra}', expected: ',' or 'end of string'`);
    checkValue(key, wanted);
    return (labels) => (labels[key] === wanted) === (operator !== "!=");
  }
  const absent = /^!\s*([^\s!=(),]+)$/.exec(text);
  if (absent) return (labels) => labels[absent[1] ?? ""] === undefined;
  if (/^[^\s!=(),]+$/.test(text)) return (labels) => labels[text] !== undefined;
  const [, word = "", next = ""] = /^\S+\s+(\S+?)(?:\s+(\S+))?(?:[=!].*)?$/.exec(text) ?? [];
  if (word === "in" || word === "notin")
    throw badRequest(`unable to parse requirement: found '${next}' expected: '('`);
  throw badRequest(`unable to parse requirement: found '${word}', expected: in, notin, =, ==, !=, gt, lt`);
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
    const names = ["metadata.name", "metadata.namespace", ...selectableOf(target)];
    if (!names.includes(field)) throw unsupportedField(field, target);
    const path = storedPath(field, target).split(".");
    return (object: KubeObject) => (sayJson(valueAt(object, ...path)) === value) === (operator !== "!=");
  });
  return (object) => tests.every((test) => test(object));
}

/** The newer group names the fields of an Event as it shows them; stored they are as in v1. */
function selectableOf({ kind }: Target): string[] {
  const names = selectable[kind.kind] ?? [];
  return kind.group === "events.k8s.io"
    ? names.map((name) => name.replace("involvedObject", "regarding"))
    : names;
}

function storedPath(field: string, { kind }: Target): string {
  return kind.group === "events.k8s.io" ? field.replace("regarding", "involvedObject") : field;
}

function unsupportedField(field: string, { kind }: Target): Error {
  return badRequest(
    ["ConfigMap"].includes(kind.kind)
      ? `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`
      : `field label not supported: ${field}`,
  );
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

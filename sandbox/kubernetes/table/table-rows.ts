import { isObject, listOf, objectOf, sayJson, textOf, valueAt } from "../json.ts";
import type { Json } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";
import type { PrinterColumn } from "../kinds/kind.ts";
import type { Target } from "../verbs/target.ts";
import { evaluateJsonPath } from "./json-path.ts";

const nameDescription =
  "Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names";

/** Column definitions of a Table, Name first. */
export function columnsOf(target: Target): Json {
  const name: Json = {
    name: "Name",
    type: "string",
    format: "name",
    description: nameDescription,
    priority: 0,
  };
  const columns = target.version.columns.map((column) => ({
    name: column.name,
    type: column.type === "date" && !target.kind.custom ? "string" : column.type,
    format: column.format ?? "",
    description:
      column.description ?? `Custom resource definition column (in JSONPath format): ${column.jsonPath}`,
    priority: column.priority ?? 0,
  }));
  return namesItself(target) ? columns : [name, ...columns];
}

export function rowOf(object: KubeObject, target: Target): Json[] {
  const cells = target.version.columns.map((column) => cellOf(object, column));
  return namesItself(target) ? cells : [object.metadata.name, ...cells];
}

/** Events show their name last. */
function namesItself(target: Target): boolean {
  return target.version.columns.some((column) => column.name === "Name");
}

function cellOf(object: KubeObject, column: PrinterColumn): Json {
  const computed = column.jsonPath.startsWith("#") ? computedCells[column.jsonPath.slice(1)] : undefined;
  if (computed) return computed(object);
  const [value] = evaluateJsonPath(object, column.jsonPath);
  if (value === undefined || value === null) return null;
  if (column.type === "date") return ageOf(textOf(value));
  if (column.type === "string") return typeof value === "string" ? value : JSON.stringify(value);
  return value;
}

/** `5s`, `3m`, `2h`, `4d` (apimachinery, HumanDuration, to one unit where it matters). */
function ageOf(time: string): string {
  const seconds = Math.floor((Date.now() - Date.parse(time)) / 1000);
  if (Number.isNaN(seconds)) return "<unknown>";
  if (seconds < 120) return `${String(Math.max(0, seconds))}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10 && seconds % 60 !== 0) return `${String(minutes)}m${String(seconds % 60)}s`;
  if (minutes < 180) return `${String(minutes)}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8 && minutes % 60 !== 0) return `${String(hours)}h${String(minutes % 60)}m`;
  if (hours < 48) return `${String(hours)}h`;
  return `${String(Math.floor(hours / 24))}d`;
}

/** Cells of built-in kinds that are more than one field. */
const computedCells: Record<string, (object: KubeObject) => Json> = {
  data: (object) => Object.keys(objectOf(object["data"])).length,
  involved: (object) => {
    const involved = objectOf(object["involvedObject"]);
    return `${textOf(involved["kind"]).toLowerCase()}/${textOf(involved["name"])}`;
  },
  source(object) {
    const component = textOf(valueAt(object, "source", "component")) || textOf(object["reportingComponent"]);
    return [component, textOf(valueAt(object, "source", "host"))].filter((part) => part !== "").join(", ");
  },
  lastSeen: (object) => ageOf(textOf(object["lastTimestamp"]) || textOf(object["eventTime"])),
  firstSeen: (object) => ageOf(textOf(object["firstTimestamp"]) || textOf(object["eventTime"])),
  ready(object) {
    const conditions = listOf(valueAt(object, "status", "conditions")).filter(isObject);
    const ready = conditions.find((condition) => condition["type"] === "Ready");
    return ready === undefined ? "Unknown" : ready["status"] === "True" ? "Ready" : "NotReady";
  },
  roles(object) {
    const prefix = "node-role.kubernetes.io/";
    const roles = Object.keys(object.metadata.labels ?? {}).filter((label) => label.startsWith(prefix));
    return roles.map((role) => role.slice(prefix.length)).join(",") || "<none>";
  },
  containers(object) {
    const statuses = listOf(valueAt(object, "status", "containerStatuses")).filter(isObject);
    const all = listOf(valueAt(object, "spec", "containers")).length;
    return `${String(statuses.filter((status) => status["ready"] === true).length)}/${String(all)}`;
  },
  restarts(object) {
    const statuses = listOf(valueAt(object, "status", "containerStatuses")).filter(isObject);
    return statuses.reduce((sum, status) => sum + Number(status["restartCount"] ?? 0), 0);
  },
  replicas: (object) =>
    `${sayJson(valueAt(object, "status", "readyReplicas") ?? 0)}/${sayJson(valueAt(object, "spec", "replicas") ?? 0)}`,
  role(object) {
    const ref = objectOf(object["roleRef"]);
    return `${textOf(ref["kind"])}/${textOf(ref["name"])}`;
  },
};

import { isObject, listOf, sayJson, textOf } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";
import { defaultEvent } from "./event-versions.ts";

/** The few defaults of built-in kinds that clients rely on; changes `object` in place. */
export function defaultBuiltin(object: KubeObject): void {
  defaults[object.kind]?.(object);
}

function member(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  if (isObject(value)) return value;
  const made: JsonObject = {};
  object[name] = made;
  return made;
}

function setDefaults(object: JsonObject, values: JsonObject): void {
  for (const [name, value] of Object.entries(values)) object[name] ??= value;
}

function podSpec(spec: JsonObject): void {
  setDefaults(spec, {
    restartPolicy: "Always",
    terminationGracePeriodSeconds: 30,
    dnsPolicy: "ClusterFirst",
    securityContext: {},
    schedulerName: "default-scheduler",
  });
  for (const container of [...listOf(spec["containers"]), ...listOf(spec["initContainers"])].filter(
    isObject,
  )) {
    setDefaults(container, {
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
      imagePullPolicy: textOf(container["image"]).endsWith(":latest") ? "Always" : "IfNotPresent",
      resources: {},
    });
    for (const port of listOf(container["ports"]).filter(isObject)) setDefaults(port, { protocol: "TCP" });
  }
}

function template(object: JsonObject): void {
  podSpec(member(member(member(object, "spec"), "template"), "spec"));
}

function defaultMatch(match: JsonObject): void {
  setDefaults(match, { namespaceSelector: {}, objectSelector: {}, matchPolicy: "Equivalent" });
  for (const rule of listOf(match["resourceRules"]).filter(isObject)) setDefaults(rule, { scope: "*" });
}

const defaults: Record<string, (object: KubeObject) => void> = {
  Namespace(object) {
    object.metadata.labels = {
      ...object.metadata.labels,
      "kubernetes.io/metadata.name": object.metadata.name,
    };
  },
  Secret(object) {
    object["type"] ??= "Opaque";
    const clear = object["stringData"];
    if (!isObject(clear)) return;
    const data = member(object, "data");
    for (const [key, value] of Object.entries(clear))
      data[key] = Buffer.from(sayJson(value)).toString("base64");
    delete object["stringData"];
  },
  Deployment(object) {
    setDefaults(member(object, "spec"), {
      replicas: 1,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%", maxSurge: "25%" } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
    template(object);
  },
  ReplicaSet(object) {
    setDefaults(member(object, "spec"), { replicas: 1 });
    template(object);
  },
  StatefulSet(object) {
    setDefaults(member(object, "spec"), {
      replicas: 1,
      podManagementPolicy: "OrderedReady",
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0 } },
      revisionHistoryLimit: 10,
    });
    template(object);
  },
  DaemonSet(object) {
    setDefaults(member(object, "spec"), {
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      revisionHistoryLimit: 10,
    });
    template(object);
  },
  Pod(object) {
    podSpec(member(object, "spec"));
    setDefaults(member(object, "status"), { phase: "Pending", qosClass: "BestEffort" });
  },
  Service(object) {
    const spec = member(object, "spec");
    setDefaults(spec, { type: "ClusterIP", sessionAffinity: "None" });
    for (const port of listOf(spec["ports"]).filter(isObject)) {
      setDefaults(port, { protocol: "TCP", targetPort: port["port"] ?? 0 });
    }
  },
  Job(object) {
    setDefaults(member(object, "spec"), { parallelism: 1, completions: 1, backoffLimit: 6 });
  },
  ValidatingAdmissionPolicy(object) {
    const spec = member(object, "spec");
    setDefaults(spec, { failurePolicy: "Fail" });
    if (isObject(spec["matchConstraints"])) defaultMatch(spec["matchConstraints"]);
  },
  ValidatingAdmissionPolicyBinding(object) {
    const match = member(object, "spec")["matchResources"];
    if (isObject(match)) defaultMatch(match);
  },
  Event(object) {
    if (object.apiVersion === "v1") defaultEvent(object);
    else for (const name of ["deprecatedFirstTimestamp", "deprecatedLastTimestamp"]) object[name] ??= null;
    if (object.apiVersion !== "v1") object["deprecatedSource"] ??= {};
  },
};

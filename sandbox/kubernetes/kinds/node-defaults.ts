import { isObject, listOf, objectOf } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";

const noInfo: JsonObject = {
  machineID: "",
  systemUUID: "",
  bootID: "",
  kernelVersion: "",
  osImage: "",
  containerRuntimeVersion: "",
  kubeletVersion: "",
  kubeProxyVersion: "",
  operatingSystem: "",
  architecture: "",
};

/** What a Node's status always has: Go structs that are written even when empty, allocatable as capacity says. */
export function defaultNode(node: KubeObject): void {
  const status = { ...objectOf(node["status"]) };
  node["spec"] ??= {};
  node["status"] = status;
  status["daemonEndpoints"] ??= { kubeletEndpoint: { Port: 0 } };
  status["nodeInfo"] = { ...noInfo, ...objectOf(status["nodeInfo"]) };
  if (isObject(status["capacity"])) {
    status["capacity"] = canonical(status["capacity"]);
    status["allocatable"] = canonical(objectOf(status["allocatable"] ?? status["capacity"]));
  }
  if (status["conditions"] === undefined) return;
  status["conditions"] = listOf(status["conditions"]).map((condition) =>
    isObject(condition) ? { lastHeartbeatTime: null, lastTransitionTime: null, ...condition } : condition,
  );
}

/** Whole milliunits are written as units (resource.Quantity). */
function canonical(quantities: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(quantities).map(([name, value]) => [
      name,
      typeof value === "string" ? value.replace(/^(\d+)000m$/, "$1") : value,
    ]),
  );
}

/** A Node starts with this taint (admission plugin TaintNodesByCondition) until the node lifecycle controller has seen it ready. */
export function taintNewNode(node: KubeObject): void {
  const spec = { ...objectOf(node["spec"]) };
  node["spec"] = spec;
  spec["taints"] ??= [{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }];
}

import { expect, test } from "vitest";
import { parseKubeObject } from "../kube-object.ts";
import { readNode } from "./read-node.ts";

const pools = [
  { name: "one-md", displayName: "md" },
  { name: "one-md-big", displayName: "md-big" },
];

function read(metadata: object, ready: object | null, spec: object = {}) {
  const status = { nodeInfo: { kubeletVersion: "v1.34.5" }, conditions: ready ? [ready] : [] };
  const object = parseKubeObject({ metadata, spec, status });
  if (!object) throw new Error("no object");
  return readNode(object, pools);
}
const at = "2026-11-24T20:00:00Z";

test("a node that is not ready says since when and why, in its kubelet's words", () => {
  const ready = { type: "Ready", status: "False", reason: "KubeletNotReady", message: "no network" };
  expect(read({ name: "a" }, { ...ready, lastTransitionTime: at })).toMatchObject({
    ...{ tone: "attention", word: "Not ready", reason: "KubeletNotReady", message: "no network", since: at },
    version: "v1.34.5",
  });
});

test("a node whose kubelet is silent, or that never reported, is not ready", () => {
  expect(read({ name: "a" }, { type: "Ready", status: "Unknown" }).word).toBe("Not ready");
  expect(read({ name: "a" }, null).word).toBe("Not ready");
});

test("a ready node that takes no pods is called cordoned", () => {
  const ready = { type: "Ready", status: "True" };
  expect(read({ name: "a" }, ready)).toMatchObject({ tone: "healthy", word: "Ready" });
  expect(read({ name: "a" }, ready, { unschedulable: true })).toMatchObject({ word: "Cordoned" });
});

test("its pool is AKS's label, else the longest pool its MachineSet or itself is named after", () => {
  const poolOf = (metadata: object) => read({ name: "x", ...metadata }, null).pool;
  expect(poolOf({ labels: { "kubernetes.azure.com/agentpool": "pool0" } })).toBe("pool0");
  expect(poolOf({ annotations: { "cluster.x-k8s.io/owner-name": "one-md-x7k2" } })).toBe("md");
  expect(poolOf({ name: "one-md-big-x7k2-abcde" })).toBe("md-big");
  expect(poolOf({ name: "one-cp-abcde" })).toBeNull();
});

import { describe, expect, it } from "vitest";
import type { Unstructured } from "../runtime/objects.ts";
import { machineObject } from "../testing/machine-object.ts";
import { controlPlaneConditions, controlPlanePlan } from "./kubeadm-control-plane-status.ts";
import type { ControlPlaneFacts } from "./kubeadm-control-plane-status.ts";

const cluster: Unstructured = {
  apiVersion: "cluster.x-k8s.io/v1beta2",
  kind: "Cluster",
  metadata: { name: "dev", namespace: "dev" },
  status: { initialization: { infrastructureProvisioned: true, controlPlaneInitialized: true } },
};

const healthy = [
  { type: "Ready", status: "True" as const },
  { type: "APIServerPodHealthy", status: "True" as const },
  { type: "EtcdMemberHealthy", status: "True" as const },
  { type: "UpToDate", status: "True" as const },
];

const machine = (name: string, options: Parameters<typeof machineObject>[1] = {}): Unstructured =>
  machineObject(name, { controlPlane: true, conditions: healthy, ...options });

function facts(machines: Unstructured[], more: Partial<ControlPlaneFacts> = {}): ControlPlaneFacts {
  return {
    controlPlane: {
      apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
      kind: "KubeadmControlPlane",
      metadata: { name: "dev", namespace: "dev" },
      spec: { replicas: 3, version: "v1.35.3" },
      status: { initialization: { controlPlaneInitialized: true } },
    },
    cluster,
    machines,
    contact: "succeeded",
    stuck: false,
    now: new Date(0),
    ...more,
  };
}

function line(facts: ControlPlaneFacts, type: string): string {
  const condition = controlPlaneConditions(facts).find((each) => each.type === type);
  return `${condition?.status ?? ""}/${condition?.reason ?? ""}: ${condition?.message ?? ""}`;
}

const old = (name: string) => machine(name, { version: "v1.34.5" });
const young = (name: string) => machine(name, { version: "v1.35.3", created: "2026-11-23T18:00:00Z" });
const starting = machine("d", { version: "v1.35.3", conditions: [{ type: "Ready", status: "False" }] });

describe("an upgrade of a kubeadm control plane", () => {
  it.each([
    ["starts with one machine more", facts([old("a"), old("b"), old("c")]), { do: "create" }],
    ["waits until that one is healthy", facts([old("a"), old("b"), old("c"), starting]), { do: "nothing" }],
    [
      "waits for one that is leaving",
      facts([machine("a", { deleting: true }), old("b"), young("d")]),
      { do: "nothing" },
    ],
    ["goes on with the next", facts([old("b"), old("c"), young("d")]), { do: "create" }],
    ["is over when all are new", facts([young("d"), young("e"), young("f")]), { do: "nothing" }],
    ["holds when it is stuck", facts([old("a"), old("b"), old("c")], { stuck: true }), { do: "nothing" }],
  ])("%s", (_, given, plan) => {
    expect(controlPlanePlan(given)).toEqual(plan);
  });

  it("takes away the oldest of the old", () => {
    const first = machine("z", { version: "v1.34.5", created: "2026-11-22T00:00:00Z" });
    expect(controlPlanePlan(facts([old("a"), first, old("c"), young("d")]))).toEqual({
      do: "delete",
      machine: first,
    });
  });

  it("says what was recorded", () => {
    const before = facts([old("a"), old("b"), old("c")]);
    expect(line(before, "RollingOut")).toBe(
      "True/RollingOut: Rolling out 3 not up-to-date replicas\n* Version v1.34.5, v1.35.3 required",
    );
    const during = facts([old("a"), old("b"), old("c"), starting]);
    expect(line(during, "ScalingDown")).toBe(
      "True/ScalingDown: Scaling down from 4 to 3 replicas is blocked because:\n" +
        "* waiting for control plane components to become healthy\n* waiting for etcd cluster to become healthy",
    );
    expect(line(during, "Available")).toBe(
      "True/Available: * 3 of 4 Machines have healthy control plane components, at least 1 required",
    );
    const leaving = facts([old("a"), old("b"), old("c"), young("d")]);
    expect(line(leaving, "ScalingDown")).toBe("True/ScalingDown: Scaling down from 4 to 3 replicas");
    expect(line(facts([young("d"), young("e"), young("f")]), "RollingOut")).toBe("False/NotRollingOut: ");
  });
});

describe("a kubeadm control plane", () => {
  it("makes nothing before the infrastructure, then the first machine, then waits for its API server", () => {
    const bare = { ...cluster, status: {} };
    const fresh = facts([]).controlPlane;
    const controlPlane = { ...fresh, status: {} };
    expect(controlPlanePlan(facts([], { cluster: bare, controlPlane }))).toEqual({ do: "nothing" });
    expect(controlPlanePlan(facts([], { controlPlane }))).toEqual({ do: "create" });
    const waiting = facts([young("d")], { controlPlane, contact: "never" });
    expect(controlPlanePlan(waiting)).toEqual({ do: "nothing" });
    expect(line(waiting, "Available")).toBe("False/NotAvailable: Control plane not yet initialized");
    expect(line(facts([], { cluster: bare, controlPlane }), "EtcdClusterHealthy")).toBe(
      "Unknown/InspectionFailed: Waiting for Cluster status.infrastructureReady to be true",
    );
  });

  it("knows nothing of itself while its API is unreachable", () => {
    const lost = facts([young("d")], { contact: "failed" });
    expect(line(lost, "Available")).toBe("Unknown/InspectionFailed: Failed to get etcd members");
  });
});

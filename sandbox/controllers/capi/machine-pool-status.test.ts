import { describe, expect, it } from "vitest";
import type { Unstructured } from "../runtime/objects.ts";
import { REPLICAS_MANAGED_BY_ANNOTATION } from "./kinds.ts";
import { isSettled, machinePoolStatus, withKeptNodes } from "./machine-pool-status.ts";
import type { MachinePoolFacts } from "./machine-pool-status.ts";

function facts(options: {
  desired?: number;
  replicas?: number;
  ready?: boolean;
  nodes?: number;
  readyNodes?: number;
  managed?: boolean;
  deleting?: boolean;
}): MachinePoolFacts {
  const { desired = 3, nodes = 0, readyNodes = nodes } = options;
  const pool: Unstructured = {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "MachinePool",
    metadata: {
      name: "pool",
      generation: 1,
      annotations: options.managed === true ? { [REPLICAS_MANAGED_BY_ANNOTATION]: "aks" } : {},
      ...(options.deleting === true ? { deletionTimestamp: "2026-11-23T18:00:00Z" } : {}),
    },
    spec: {
      replicas: desired,
      template: { spec: { version: "v1.34.5", bootstrap: { dataSecretName: "" } } },
    },
  };
  return {
    pool,
    infrastructure: {
      apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1",
      kind: "AzureASOManagedMachinePool",
      metadata: { name: "pool" },
      status: { ready: options.ready === true, replicas: options.replicas },
    },
    nodes: Array.from({ length: nodes }, (_, index) => ({
      name: `n${String(index)}`,
      uid: String(index),
      providerId: String(index),
      ready: index < readyNodes,
      conditions: [],
      kubeletVersion: "v1.34.5",
    })),
    now: new Date(0),
  };
}

describe("a MachinePool of a managed cluster", () => {
  it.each([
    ["Provisioning", {}],
    ["Running", { ready: true, replicas: 3, nodes: 3 }],
    ["ScalingUp", { ready: true, replicas: 3, nodes: 3, desired: 5 }],
    ["ScalingDown", { ready: true, replicas: 3, nodes: 3, desired: 1 }],
    ["Scaling", { ready: true, replicas: 3, nodes: 3, desired: 5, managed: true }],
    ["Deleting", { ready: true, replicas: 3, nodes: 3, deleting: true }],
  ])("is %s", (phase, options) => {
    expect(machinePoolStatus(facts(options)).phase).toBe(phase);
  });

  it("repeats replicas as ready, and tells the truth under v1beta1 only", () => {
    const status = machinePoolStatus(facts({ ready: true, replicas: 3, nodes: 3, readyNodes: 1 }));
    expect(status).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      deprecated: { v1beta1: { readyReplicas: 1, unavailableReplicas: 2 } },
      conditions: [{ type: "Paused", status: "False" }],
    });
  });

  it("is worth another look until its nodes are there and ready", () => {
    expect(isSettled(facts({ ready: true, replicas: 3, nodes: 2 }))).toBe(false);
    expect(isSettled(facts({ ready: true, replicas: 3, nodes: 3, readyNodes: 2 }))).toBe(false);
    expect(isSettled(facts({ ready: true, replicas: 3, nodes: 3 }))).toBe(true);
  });

  it("keeps what its nodes were while their API server cannot be asked", () => {
    const seen = machinePoolStatus(facts({ ready: true, replicas: 3, nodes: 3, readyNodes: 2 }));
    const unseen = facts({ ready: true, replicas: 3, nodes: 0 });
    const pool = { ...unseen.pool, status: seen };
    const kept = withKeptNodes(pool, machinePoolStatus({ ...unseen, pool }));
    const { nodeRefs, versions, phase, deprecated } = seen;
    expect(kept).toMatchObject({ nodeRefs, versions, phase });
    expect(kept.deprecated).toMatchObject({ v1beta1: { readyReplicas: 2 } });
    expect(deprecated).toMatchObject({ v1beta1: { readyReplicas: 2 } });
  });
});

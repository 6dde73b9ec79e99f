import { expect, test } from "vitest";
import { parseKubeObject, type KubeObject } from "../../domain/kube-object.ts";
import { projectCluster } from "./project-cluster.ts";
import type { ProjectionInput } from "./projection.ts";
import type { Contact } from "./workload-session.ts";
import type { ClusterRecord } from "./records.ts";

const infrastructure = "infrastructure.cluster.x-k8s.io";

function object(kind: string, name: string, spec: unknown, status: unknown): KubeObject {
  const metadata = { namespace: "wus", name, uid: `${kind}-${name}` };
  const found = parseKubeObject({ apiVersion: `${infrastructure}/v1beta1`, kind, metadata, spec, status });
  if (!found) throw new Error("no object");
  return found;
}

interface Place {
  /** Version the control plane runs. */
  at: string;
  /** Nodes there are, and those of them that are ready. */
  existing?: number;
  ready?: number;
  phase?: string;
}

/** An AKS cluster that is to run v1.35.1 on three nodes. */
function aks({ at, existing = 3, ready = existing, phase = "Running" }: Place): KubeObject[] {
  const initialization = { infrastructureProvisioned: true, controlPlaneInitialized: true };
  const ref = { apiGroup: infrastructure, kind: "AzureASOManagedControlPlane", name: "wus" };
  const template = { spec: { version: at } };
  return [
    object(
      "Cluster",
      "wus",
      { controlPlaneRef: ref, topology: { class: "aks", version: "v1.35.1" } },
      { initialization, conditions: [] },
    ),
    object("AzureASOManagedControlPlane", "wus", { version: "v1.35.1" }, { version: at, ready: true }),
    object(
      "MachinePool",
      "wus-user",
      { clusterName: "wus", replicas: 3, template },
      // Contract v1beta2 repeats the nodes that exist as ready.
      {
        ...{ phase, replicas: existing, readyReplicas: existing },
        deprecated: { v1beta1: { readyReplicas: ready || undefined, unavailableReplicas: 3 - ready } },
      },
    ),
  ];
}

const unreadBy = (contact: Contact): ProjectionInput["workload"] => ({
  ...{ synced: false, missingRules: null, unread: new Set(), flux: [], deployments: [], nodes: [], contact },
});

/** What it is seen as `minutes` after noon. */
function project(
  place: Place,
  previous: ClusterRecord | null,
  minutes = 0,
  contact: Contact | null = null,
): ClusterRecord {
  const objects = aks(place);
  const find = (kind: string, name: string) =>
    objects.find((one) => one.kind === kind && one.metadata.name === name) ?? null;
  const input: ProjectionInput = {
    managementClusterId: "00000000-0000-0000-0000-000000000001",
    identity: { namespace: "wus", name: "wus" },
    previous,
    object: find("Cluster", "wus"),
    near: { find, list: (kind) => objects.filter((one) => one.kind === kind) },
    ...{
      unreadable: [],
      managementFlux: [],
      unread: new Set(),
      stale: new Set(),
      blind: null,
      workload: contact && unreadBy(contact),
    },
    ...{ git: undefined, request: null, managementSource: () => null, workloadSource: () => null },
    ...{ position: () => null, headPosition: null },
    now: new Date(Date.parse("2026-11-24T12:00:00Z") + minutes * 60_000),
  };
  return projectCluster(input).record;
}

test("an upgrade in which nothing moves for 20 minutes is stuck, and says where it stays", () => {
  const begun = project({ at: "v1.34.3" }, null);
  const meanwhile = project({ at: "v1.34.3" }, begun, 19);
  expect(meanwhile.row).toMatchObject({ word: "Upgrading", tone: "progress" });
  const { row } = project({ at: "v1.34.3" }, meanwhile, 21);
  expect(row).toMatchObject({ word: "Stuck", tone: "failed", lifecycle: "Upgrading", moving: true });
  expect(row.cause).toBe("the control plane stays at v1.34.3, v1.35.1 is wanted");
  expect(row.markSince).toBe(begun.row.healthSince);
});

test("an upgrade that moves again is stuck no longer, until that too lasts", () => {
  const stuck = project({ at: "v1.34.3" }, project({ at: "v1.34.3" }, null), 25);
  expect(stuck.row.word).toBe("Stuck");
  const moved = project({ at: "v1.34.3", ready: 2 }, stuck, 26);
  expect(moved.row.word).toBe("Upgrading");
  expect(project({ at: "v1.34.3", ready: 2 }, moved, 40).row.word).toBe("Upgrading");
  expect(project({ at: "v1.34.3", ready: 2 }, moved, 47).row.word).toBe("Stuck");
});

test("so is scaling, however long the cluster was healthy before", () => {
  const place = { at: "v1.35.1", existing: 1, phase: "ScalingUp" };
  const healthy = project({ at: "v1.35.1" }, null, -600);
  expect(healthy.row.word).toBe("Healthy");
  const begun = project(place, healthy);
  const meanwhile = project(place, begun, 19);
  expect(meanwhile.row).toMatchObject({ word: "Scaling", health: "Healthy" });
  const stuck = project(place, meanwhile, 20);
  expect(stuck.row).toMatchObject({ word: "Stuck", cause: "pool user stays at 1 of 3 nodes ready" });
  expect(project({ at: "v1.35.1" }, stuck, 21).row.word).toBe("Healthy");
});

test("nodes that are there and not ready are counted so, and are no scaling", () => {
  const place = { at: "v1.35.1", phase: "Scaling" };
  const well = project({ at: "v1.35.1" }, null);
  const some = project({ ...place, ready: 1 }, well, 5);
  expect(some.row).toMatchObject({ lifecycle: "Ready", word: "Degraded", nodesReady: 1, nodesDesired: 3 });
  expect(some.row.cause).toBe("1 of 3 nodes are ready");
  expect(some.pools).toMatchObject([
    { word: "Degraded", message: "1 of 3 nodes are ready", readyReplicas: 1 },
  ]);
  const none = project({ ...place, ready: 0 }, some, 6);
  expect(none.row).toMatchObject({ word: "Degraded", nodesReady: 0 });
});

test("nodes that nobody counts any more are no shortage: the cluster that does not answer is unreachable", () => {
  const place = { at: "v1.35.1", ready: 0 };
  expect(project(place, null).row).toMatchObject({ word: "Degraded", healthReason: "NodesNotReady" });
  const contact = { state: "unreachable" as const, message: "no answer", since: "2026-11-24T11:59:00Z" };
  const row = project(place, null, 0, contact).row;
  expect(row).toMatchObject({ word: "Unreachable", healthSince: contact.since });
  expect(row.healthMessage).toMatch(/does not answer the portal.*ready when last counted: pool user 0 of 3/);
});

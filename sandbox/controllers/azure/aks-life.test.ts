import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conditionOf, isCondition } from "../capi/conditions.ts";
import { capi } from "../capi/kinds.ts";
import { at, listAt, numberAt, textAt } from "../capi/read.ts";
import { FAULT_ANNOTATION } from "../faults.ts";
import { kinds } from "../runtime/kind.ts";
import type { Kind } from "../runtime/kind.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { startFleetWorld } from "../testing/fleet-world.ts";
import { aksCluster } from "../testing/manifests.ts";
import { azureManagedCluster } from "../testing/azure-managed-manifests.ts";
import { hasCondition, waitFor } from "../testing/wait-for.ts";

let world: Awaited<ReturnType<typeof startFleetWorld>>;

beforeAll(async () => {
  world = await startFleetWorld();
});

afterAll(async () => {
  await world.close();
});

type Target = readonly [Kind, string, string];
const cluster = (name: string): Target => [capi.cluster, name, name];
const pool = (name: string): Target => [capi.machinePool, name, `${name}-pool0`];
const agentPool = (name: string): Target => [capi.agentPool, name, `${name}-pool0`];
const isRunning = (object: Unstructured | undefined): boolean =>
  textAt(object, "status", "phase") === "Running";
const wait = (target: Target, isWanted: (object: Unstructured | undefined) => boolean) =>
  waitFor(world.client, target, isWanted);
const annotate = (target: Target, value: string | null) =>
  world.client.patch(target[0], target[2], target[1], {
    metadata: { annotations: { [FAULT_ANNOTATION]: value } },
  });

async function available(name: string, options: Parameters<typeof aksCluster>[1] = {}): Promise<void> {
  await world.apply(aksCluster(name, options));
  await wait(cluster(name), hasCondition("Available", "True"));
  await wait(pool(name), isRunning);
}

describe("an AKS cluster of ASO kinds", { timeout: 90_000 }, () => {
  it("becomes Available, with a kubeconfig that works and the pool's nodes behind it", async () => {
    await available("born");
    const secret = await world.client.get(kinds.secret, "born-kubeconfig", "born");
    expect(secret.type).toBe("cluster.x-k8s.io/secret");
    expect(secret.metadata.labels).toMatchObject({ "cluster.x-k8s.io/cluster-name": "born" });
    expect(secret.metadata.ownerReferences?.[0]?.kind).toBe("AzureASOManagedControlPlane");
    const workload = await world.workload("born", "born");
    const nodes = (await workload.list(kinds.node)).items;
    await workload.close();
    expect(nodes.map((node) => node.metadata.name)).toEqual([
      expect.stringMatching(/^aks-pool0-\d{8}-vmss000000$/),
      expect.stringMatching(/^aks-pool0-\d{8}-vmss000001$/),
    ]);
    expect(textAt(nodes[0], "status", "nodeInfo", "kubeletVersion")).toBe("v1.34.5");
    const machinePool = await world.client.get(capi.machinePool, "born-pool0", "born");
    expect(at(machinePool, "status", "versions")).toEqual([{ version: "v1.34.5", replicas: 2 }]);
    expect(machinePool.metadata.annotations).toMatchObject({ "cluster.x-k8s.io/replicas-managed-by": "aks" });
    const controlPlane = await world.client.get(capi.asoControlPlane, "born", "born");
    expect(at(controlPlane, "status")).toMatchObject({ ready: true, initialized: true, version: "v1.34.5" });
  });

  it("goes up one minor, control plane first; a pool that runs ahead is refused until then", async () => {
    await available("grown");
    const version = { spec: { template: { spec: { version: "v1.35.4" } } } };
    await world.client.patch(capi.machinePool, "grown-pool0", "grown", version);
    await wait(agentPool("grown"), hasCondition("Ready", "False", "AgentPoolUpgradeVersionNotAllowed"));
    await world.client.patch(capi.asoControlPlane, "grown", "grown", { spec: { version: "v1.35.4" } });
    const states: string[] = [];
    const controlPlane = await wait([capi.asoControlPlane, "grown", "grown"], (object) => {
      states.push(`${String(at(object, "status", "ready"))} ${textAt(object, "status", "version") ?? ""}`);
      return textAt(object, "status", "version") === "v1.35.4";
    });
    expect(states).toContain("false v1.34.5");
    expect(at(controlPlane, "status", "ready")).toBe(true);
    await wait(agentPool("grown"), (object) => textAt(object, "status", "provisioningState") === "Upgrading");
    const done = await wait(
      pool("grown"),
      (object) => JSON.stringify(at(object, "status", "versions")) === '[{"version":"v1.35.4","replicas":2}]',
    );
    expect(textAt(done, "status", "phase")).toBe("Running");
    expect(isCondition(await world.client.get(capi.cluster, "grown", "grown"), "Available")).toBe(true);
  });

  it("refuses to skip a minor", async () => {
    await available("skipping");
    await world.client.patch(capi.asoControlPlane, "skipping", "skipping", { spec: { version: "v1.36.1" } });
    const refused = await wait(
      [capi.managedCluster, "skipping", "skipping"],
      hasCondition("Ready", "False", "OperationNotAllowed"),
    );
    expect(listAt(refused, "status", "conditions")[0]).toMatchObject({ severity: "Error" });
    expect(textAt(refused, "status", "currentKubernetesVersion")).toBe("1.34.5");
  });

  it("is stuck while a quota is exceeded and goes on when it is not", async () => {
    await world.apply(aksCluster("poor"));
    await annotate(cluster("poor"), "quota-exceeded");
    const refused = await wait(agentPool("poor"), hasCondition("Ready", "False", "QuotaExceeded"));
    expect(conditionOf(refused, "Ready")?.message).toMatch(
      /^Operation could not be completed as it results in exceeding approved standardDSv5Family Cores quota\./,
    );
    expect(listAt(refused, "status", "conditions")[0]).toMatchObject({ severity: "Error" });
    expect(textAt(await world.client.get(capi.machinePool, "poor-pool0", "poor"), "status", "phase")).toBe(
      "Provisioning",
    );
    await annotate(cluster("poor"), null);
    await wait(pool("poor"), isRunning);
  });

  it("stays at the old version while an upgrade is stuck", async () => {
    await available("stuck");
    await annotate([capi.asoControlPlane, "stuck", "stuck"], "upgrade-stuck");
    await world.client.patch(capi.asoControlPlane, "stuck", "stuck", { spec: { version: "v1.35.4" } });
    const target: Target = [capi.managedCluster, "stuck", "stuck"];
    await wait(target, (object) => textAt(object, "status", "provisioningState") === "Upgrading");
    await annotate([capi.asoControlPlane, "stuck", "stuck"], null);
    await wait(target, (object) => textAt(object, "status", "currentKubernetesVersion") === "1.35.4");
  });

  it("says that its API cannot be reached, and that it can again", async () => {
    await available("silent");
    await annotate(cluster("silent"), "api-unreachable");
    const lost = await wait(cluster("silent"), hasCondition("RemoteConnectionProbe", "False", "ProbeFailed"));
    expect(conditionOf(lost, "Available")?.message).toMatch(
      /^\* RemoteConnectionProbe: Remote connection probe failed, probe last succeeded at \d{4}-/,
    );
    await annotate(cluster("silent"), null);
    await wait(cluster("silent"), hasCondition("Available", "True"));
  });

  it("counts nodes that are not ready as missing", async () => {
    await available("weak");
    await annotate(cluster("weak"), "nodes-not-ready");
    const machinePool = await wait(
      pool("weak"),
      (object) => numberAt(object, "status", "deprecated", "v1beta1", "readyReplicas") === 0,
    );
    expect(numberAt(machinePool, "status", "readyReplicas")).toBe(2);
    expect(textAt(machinePool, "status", "phase")).toBe("Scaling");
  });

  it("scales with its bounds, and by replicas without an autoscaler", async () => {
    await available("fixed", { autoscaling: false, minCount: 1 });
    await world.client.patch(capi.machinePool, "fixed-pool0", "fixed", { spec: { replicas: 3 } });
    await wait(pool("fixed"), (object) => textAt(object, "status", "phase") === "ScalingUp");
    await wait(
      pool("fixed"),
      (object) => isRunning(object) && listAt(object, "status", "nodeRefs").length === 3,
    );
    await world.client.patch(capi.machinePool, "fixed-pool0", "fixed", { spec: { replicas: 1 } });
    await wait(
      pool("fixed"),
      (object) => isRunning(object) && listAt(object, "status", "nodeRefs").length === 1,
    );
  });

  it("does nothing while paused, and catches up afterwards", async () => {
    await available("held");
    await world.client.patch(capi.cluster, "held", "held", { spec: { paused: true } });
    await wait(cluster("held"), hasCondition("Paused", "True"));
    await wait(pool("held"), hasCondition("Paused", "True"));
    await world.client.patch(capi.asoControlPlane, "held", "held", { spec: { version: "v1.35.4" } });
    await world.apply(aksCluster("witness"));
    await wait(cluster("witness"), hasCondition("Available", "True"));
    const managed = await world.client.get(capi.managedCluster, "held", "held");
    expect(textAt(managed, "spec", "kubernetesVersion")).toBe("1.34.5");
    const frozen = await world.client.get(capi.cluster, "held", "held");
    expect(numberAt(frozen, "status", "observedGeneration")).toBeLessThan(frozen.metadata.generation ?? 0);
    await world.client.patch(capi.cluster, "held", "held", { spec: { paused: false } });
    await wait(
      [capi.asoControlPlane, "held", "held"],
      (object) => textAt(object, "status", "version") === "v1.35.4",
    );
  });

  it("loses a pool, and its nodes, without harm to the rest", async () => {
    await available("smaller");
    await world.client.delete(capi.machinePool, "smaller-pool0", "smaller");
    for (const kind of [capi.machinePool, capi.asoMachinePool, capi.agentPool])
      await wait([kind, "smaller", "smaller-pool0"], (object) => object === undefined);
    const workload = await world.workload("smaller", "smaller");
    await expect.poll(async () => (await workload.list(kinds.node)).items.length).toBe(0);
    await workload.close();
    expect(isCondition(await world.client.get(capi.cluster, "smaller", "smaller"), "Available")).toBe(true);
  });

  it("goes in order: pools, control plane, infrastructure, and its API server with it", async () => {
    await available("gone");
    await world.client.delete(capi.cluster, "gone", "gone");
    const reasons: string[] = [];
    await wait(cluster("gone"), (object) => {
      const reason = object && conditionOf(object, "Deleting")?.reason;
      if (reason !== undefined && reasons.at(-1) !== reason) reasons.push(reason);
      return object === undefined;
    });
    const order = [
      "WaitingForWorkersDeletion",
      "WaitingForControlPlaneDeletion",
      "WaitingForInfrastructureDeletion",
      "DeletionCompleted",
    ];
    expect(reasons.filter((each) => order.includes(each))).toEqual(
      order.filter((each) => reasons.includes(each)),
    );
    expect(reasons).toContain("WaitingForControlPlaneDeletion");
    for (const kind of [capi.machinePool, capi.asoMachinePool, capi.asoControlPlane, capi.asoCluster])
      expect((await world.client.list(kind, { namespace: "gone" })).items).toEqual([]);
    for (const kind of [capi.agentPool, capi.managedCluster, capi.resourceGroup, kinds.secret])
      expect((await world.client.list(kind, { namespace: "gone" })).items).toEqual([]);
    const apis = await world.client.raw({ method: "GET", path: "/sandbox/clusters" });
    expect(listAt(apis).some((each) => textAt(each, "name") === "gone")).toBe(false);
  });
});

describe("an AKS cluster of the deprecated AzureManaged kinds", { timeout: 90_000 }, () => {
  it("becomes Available with v1beta1 conditions and severity", async () => {
    await world.apply(azureManagedCluster("older"));
    const target: Target = [capi.azureControlPlane, "older", "older"];
    const severities = new Set<string>();
    const controlPlane = await wait(target, (object) => {
      const ready = listAt(object, "status", "conditions").find((each) => textAt(each, "type") === "Ready");
      severities.add(`${textAt(ready, "reason") ?? ""} ${textAt(ready, "severity") ?? ""}`);
      return textAt(ready, "status") === "True";
    });
    expect([...severities]).toContain("Creating Info");
    expect(at(controlPlane, "status")).toMatchObject({ ready: true, initialized: true, version: "v1.34.5" });
    await wait(cluster("older"), hasCondition("Available", "True"));
    await wait([capi.machinePool, "older", "older-pool0"], isRunning);
    await world.client.delete(capi.cluster, "older", "older");
    await wait(cluster("older"), (object) => object === undefined);
  });
});

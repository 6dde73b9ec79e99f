import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conditionOf } from "../capi/conditions.ts";
import { capi } from "../capi/kinds.ts";
import { at, listAt, numberAt, textAt } from "../capi/read.ts";
import { kinds } from "../runtime/kind.ts";
import type { Kind } from "../runtime/kind.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { startFleetWorld } from "../testing/fleet-world.ts";
import { devCluster } from "../testing/dev-manifests.ts";
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
const controlPlane = (name: string): Target => [capi.kubeadmControlPlane, name, name];
const deployment = (name: string): Target => [capi.machineDeployment, name, `${name}-md-0`];
const wait = (target: Target, isWanted: (object: Unstructured | undefined) => boolean) =>
  waitFor(world.client, target, isWanted);

async function available(name: string, options: Parameters<typeof devCluster>[1] = {}): Promise<void> {
  await world.apply(devCluster(name, options));
  await wait(cluster(name), hasCondition("Available", "True"));
  await wait(
    controlPlane(name),
    (object) => numberAt(object, "status", "readyReplicas") === (options.controlPlanes ?? 1),
  );
}

describe("a dev cluster", { timeout: 90_000 }, () => {
  it("becomes Available with machines, nodes and a kubeconfig of the control plane", async () => {
    await available("born", { controlPlanes: 3, workers: 2 });
    const object = await world.client.get(capi.cluster, "born", "born");
    expect(at(object, "status", "controlPlane")).toMatchObject({ desiredReplicas: 3, readyReplicas: 3 });
    expect(at(object, "status", "workers")).toMatchObject({
      desiredReplicas: 2,
      availableReplicas: 2,
      versions: [{ version: "v1.34.5", replicas: 2 }],
    });
    expect(textAt(object, "spec", "controlPlaneEndpoint", "host")).toBe("127.0.0.1");
    const secret = await world.client.get(kinds.secret, "born-kubeconfig", "born");
    expect(secret.metadata.ownerReferences?.[0]?.kind).toBe("KubeadmControlPlane");
    const workload = await world.workload("born", "born");
    expect((await workload.list(kinds.node)).items).toHaveLength(5);
    await workload.close();
    const machines = (await world.client.list(capi.machine, { namespace: "born" })).items;
    expect(machines.map((each) => textAt(each, "status", "phase"))).toEqual(Array(5).fill("Running"));
  });

  it("scales its workers up and down", async () => {
    await available("sized", { workers: 1 });
    await world.client.patch(capi.machineDeployment, "sized-md-0", "sized", { spec: { replicas: 3 } });
    await wait(deployment("sized"), (object) => textAt(object, "status", "phase") === "ScalingUp");
    await wait(deployment("sized"), (object) => numberAt(object, "status", "readyReplicas") === 3);
    await world.client.patch(capi.machineDeployment, "sized-md-0", "sized", { spec: { replicas: 1 } });
    await wait(deployment("sized"), (object) => numberAt(object, "status", "replicas") === 1);
    const workload = await world.workload("sized", "sized");
    await expect.poll(async () => (await workload.list(kinds.node)).items.length).toBe(2);
    await workload.close();
  });

  it("upgrades its control plane one by one, then the workers that were held back", async () => {
    await available("grown", { controlPlanes: 3, workers: 2 });
    await world.client.patch(capi.kubeadmControlPlane, "grown", "grown", { spec: { version: "v1.35.3" } });
    const version = { spec: { template: { spec: { version: "v1.35.3" } } } };
    await world.client.patch(capi.machineDeployment, "grown-md-0", "grown", version);
    let most = 0;
    await wait(controlPlane("grown"), hasCondition("RollingOut", "True"));
    // Held by the preflight checks: no new worker before the control plane is done.
    const held = (await world.client.list(capi.machine, { namespace: "grown" })).items
      .filter((machine) => machine.metadata.labels?.["cluster.x-k8s.io/deployment-name"] !== undefined)
      .map((machine) => textAt(machine, "spec", "version"));
    expect(held).toEqual(["v1.34.5", "v1.34.5"]);
    await wait(controlPlane("grown"), (object) => {
      most = Math.max(most, numberAt(object, "status", "replicas") ?? 0);
      return (
        textAt(object, "status", "version") === "v1.35.3" && numberAt(object, "status", "readyReplicas") === 3
      );
    });
    const done = await wait(
      deployment("grown"),
      (object) => JSON.stringify(at(object, "status", "versions")) === '[{"version":"v1.35.3","replicas":2}]',
    );
    expect(most).toBe(4);
    await wait(deployment("grown"), hasCondition("RollingOut", "False"));
    expect(done?.metadata.name).toBe("grown-md-0");
    await expect
      .poll(async () => (await world.client.list(capi.machineSet, { namespace: "grown" })).items.length)
      .toBe(1);
  });

  it("goes in order and leaves nothing behind", async () => {
    await available("gone", { controlPlanes: 1, workers: 2 });
    await world.client.delete(capi.cluster, "gone", "gone");
    const reasons: string[] = [];
    await wait(cluster("gone"), (object) => {
      const reason = object && conditionOf(object, "Deleting")?.reason;
      if (reason !== undefined && reasons.at(-1) !== reason) reasons.push(reason);
      return object === undefined;
    });
    expect(reasons.filter((each) => each !== "NotDeleting" && each !== "DeletionCompleted")).toEqual([
      "WaitingForWorkersDeletion",
      "WaitingForControlPlaneDeletion",
      "WaitingForInfrastructureDeletion",
    ]);
    for (const kind of [
      capi.machine,
      capi.devMachine,
      capi.machineSet,
      capi.kubeadmControlPlane,
      capi.devCluster,
    ])
      expect((await world.client.list(kind, { namespace: "gone" })).items).toEqual([]);
    const apis = await world.client.raw({ method: "GET", path: "/sandbox/clusters" });
    expect(listAt(apis).some((each) => textAt(each, "name") === "gone")).toBe(false);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { capi } from "../capi/kinds.ts";
import { at, numberAt } from "../capi/read.ts";
import { NEVER_AVAILABLE_ANNOTATION } from "../faults.ts";
import { kindOf, kinds } from "../runtime/kind.ts";
import type { KubeClient } from "../runtime/kube-client.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { startFleetWorld } from "../testing/fleet-world.ts";
import { aksCluster } from "../testing/manifests.ts";
import { hasCondition, waitFor } from "../testing/wait-for.ts";

let world: Awaited<ReturnType<typeof startFleetWorld>>;
let workload: KubeClient;

beforeAll(async () => {
  world = await startFleetWorld();
  await world.apply(aksCluster("home"));
  await waitFor(world.client, [capi.cluster, "home", "home"], hasCondition("Available", "True"));
  await waitFor(
    world.client,
    [capi.machinePool, "home", "home-pool0"],
    (pool) => numberAt(pool, "status", "replicas") === 2,
  );
  workload = await world.workload("home", "home");
});

afterAll(async () => {
  await workload.close();
  await world.close();
});

const statefulSet = kindOf("apps/v1", "StatefulSet", "statefulsets");
const daemonSet = kindOf("apps/v1", "DaemonSet", "daemonsets");

function workloadObject(kind: string, name: string, annotations: Record<string, string> = {}): Unstructured {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind,
    metadata: { name, namespace: "default", annotations },
    spec: {
      ...(kind === "DaemonSet" ? {} : { replicas: 2 }),
      ...(kind === "StatefulSet" ? { serviceName: name } : {}),
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "app", image: "registry.example/app:v1" }] },
      },
    },
  };
}

describe("workloads on a workload cluster", { timeout: 90_000 }, () => {
  it("become available after a while", async () => {
    await workload.apply(kinds.deployment, workloadObject("Deployment", "api"));
    await workload.apply(statefulSet, workloadObject("StatefulSet", "store"));
    await workload.apply(daemonSet, workloadObject("DaemonSet", "agent"));
    const api = await waitFor(
      workload,
      [kinds.deployment, "default", "api"],
      hasCondition("Available", "True"),
    );
    expect(at(api, "status")).toMatchObject({
      replicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      updatedReplicas: 2,
    });
    expect(numberAt(api, "status", "observedGeneration")).toBe(api?.metadata.generation);
    expect(hasCondition("Progressing", "True", "NewReplicaSetAvailable")(api)).toBe(true);
    await waitFor(
      workload,
      [statefulSet, "default", "store"],
      (each) => numberAt(each, "status", "readyReplicas") === 2,
    );
    await waitFor(
      workload,
      [daemonSet, "default", "agent"],
      (each) => numberAt(each, "status", "numberReady") === 2,
    );
  });

  it("never do when a fault is asked for on the workload or on its Cluster", async () => {
    const marked = workloadObject("Deployment", "broken", { [NEVER_AVAILABLE_ANNOTATION]: "true" });
    await workload.apply(kinds.deployment, marked);
    const target = [kinds.deployment, "default", "broken"] as const;
    await waitFor(workload, target, hasCondition("Progressing", "True", "ReplicaSetUpdated"));
    const late = await waitFor(
      workload,
      target,
      hasCondition("Progressing", "False", "ProgressDeadlineExceeded"),
    );
    expect(hasCondition("Available", "False", "MinimumReplicasUnavailable")(late)).toBe(true);
    const annotations = { [NEVER_AVAILABLE_ANNOTATION]: "default/victim" };
    await world.client.patch(capi.cluster, "home", "home", { metadata: { annotations } });
    await workload.apply(kinds.deployment, workloadObject("Deployment", "victim"));
    await waitFor(
      workload,
      [kinds.deployment, "default", "victim"],
      hasCondition("Progressing", "False", "ProgressDeadlineExceeded"),
    );
  });

  it("stop being available when the fault comes later, and are again when it goes", async () => {
    const target = [kinds.deployment, "default", "later"] as const;
    await workload.apply(kinds.deployment, workloadObject("Deployment", "later"));
    await waitFor(workload, target, hasCondition("Progressing", "True", "NewReplicaSetAvailable"));
    const mark = (value: string | null) =>
      workload.patch(kinds.deployment, "later", "default", {
        metadata: { annotations: { [NEVER_AVAILABLE_ANNOTATION]: value } },
      });
    await mark("true");
    const down = await waitFor(workload, target, hasCondition("Available", "False"));
    expect(hasCondition("Progressing", "True", "NewReplicaSetAvailable")(down)).toBe(true);
    expect(numberAt(down, "status", "availableReplicas")).toBeUndefined();
    await mark(null);
    await waitFor(workload, target, hasCondition("Available", "True"));
  });

  it("keep what runs while a new version comes up", async () => {
    const target = [kinds.deployment, "default", "steady"] as const;
    await workload.apply(kinds.deployment, workloadObject("Deployment", "steady"));
    await waitFor(workload, target, hasCondition("Available", "True"));
    const container = { name: "app", image: "registry.example/app:v2" };
    await workload.patch(kinds.deployment, "steady", "default", {
      spec: { template: { spec: { containers: [container] } } },
    });
    const done = await waitFor(
      workload,
      target,
      (each) => numberAt(each, "status", "observedGeneration") === each?.metadata.generation,
    );
    expect(hasCondition("Available", "True")(done)).toBe(true);
  });
});

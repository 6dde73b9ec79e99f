import { describe, expect, it } from "vitest";
import type { Unstructured } from "../runtime/objects.ts";
import { machineObject } from "../testing/machine-object.ts";
import { machineDeploymentConditions, rolloutPlan } from "./machine-deployment-status.ts";
import type { MachineDeploymentFacts } from "./machine-deployment-status.ts";

const ref = { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "DevMachineTemplate", name: "dev-md" };

function machineSet(name: string, version: string, replicas: number, available = replicas): Unstructured {
  return {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "MachineSet",
    metadata: { name, namespace: "dev" },
    spec: { replicas, template: { spec: { version, infrastructureRef: ref } } },
    status: { replicas, availableReplicas: available },
  };
}

function facts(
  machineSets: Unstructured[],
  more: Partial<MachineDeploymentFacts> = {},
): MachineDeploymentFacts {
  return {
    deployment: {
      apiVersion: "cluster.x-k8s.io/v1beta2",
      kind: "MachineDeployment",
      metadata: { name: "dev-md-0", namespace: "dev" },
      spec: { replicas: 3, template: { spec: { version: "v1.35.3", infrastructureRef: ref } } },
      status: { availableReplicas: 3 },
    },
    machineSets,
    machines: [],
    stuck: false,
    now: new Date(0),
    ...more,
  };
}

const sizes = (given: MachineDeploymentFacts) => Object.fromEntries(rolloutPlan(given).resize);

describe("a rollout of a MachineDeployment", () => {
  it.each([
    [
      "adds one of the new",
      [
        ["old", 3, 3],
        ["new", 0, 0],
      ],
      { new: 1 },
    ],
    [
      "waits for it",
      [
        ["old", 3, 3],
        ["new", 1, 0],
      ],
      {},
    ],
    [
      "takes one of the old when it is there",
      [
        ["old", 3, 3],
        ["new", 1, 1],
      ],
      { old: 2 },
    ],
    [
      "adds the next",
      [
        ["old", 2, 2],
        ["new", 1, 1],
      ],
      { new: 2 },
    ],
    [
      "is not fooled by a machine on its way out",
      [
        ["old", 2, 3],
        ["new", 1, 1],
      ],
      { new: 2 },
    ],
    [
      "ends",
      [
        ["old", 1, 1],
        ["new", 3, 3],
      ],
      { old: 0 },
    ],
  ] as const)("%s", (_, sets, expected) => {
    const given = sets.map(([name, replicas, available]) =>
      machineSet(name, name === "old" ? "v1.34.5" : "v1.35.3", replicas, available),
    );
    expect(sizes(facts(given))).toEqual(expected);
  });

  it("makes a set for a new template, and removes an old one that is empty", () => {
    expect(rolloutPlan(facts([machineSet("old", "v1.34.5", 3)])).create).toBe(true);
    const empty = machineSet("old", "v1.34.5", 0);
    expect(rolloutPlan(facts([empty, machineSet("new", "v1.35.3", 3)])).remove).toEqual([empty]);
  });

  it("does nothing while it is stuck", () => {
    const stuck = facts([machineSet("old", "v1.34.5", 3)], { stuck: true });
    expect(rolloutPlan(stuck)).toEqual({ create: false, resize: new Map(), remove: [] });
  });

  it("says what was recorded", () => {
    const outdated = [{ type: "UpToDate", status: "False" as const }];
    const machines = ["a", "b", "c"].map((name) => machineObject(name, { conditions: outdated }));
    const given = facts([machineSet("old", "v1.34.5", 3)], { machines });
    const rolling = machineDeploymentConditions(given).find((each) => each.type === "RollingOut");
    expect(rolling).toMatchObject({
      status: "True",
      message: "Rolling out 3 not up-to-date replicas\n* Version v1.34.5, v1.35.3 required",
    });
    const { deployment } = given;
    const none = { ...given, deployment: { ...deployment, status: { availableReplicas: 0 } } };
    expect(machineDeploymentConditions(none)[0]).toMatchObject({
      status: "False",
      reason: "NotAvailable",
      message:
        "0 available replicas, at least 3 required (spec.strategy.rollout.maxUnavailable is 0, spec.replicas is 3)",
    });
  });
});

import { describe, expect, it } from "vitest";
import type { Unstructured } from "../runtime/objects.ts";
import { machineObject } from "../testing/machine-object.ts";
import { said } from "./conditions.ts";
import { machineConditions, machinePhase } from "./machine-status.ts";
import type { MachineFacts } from "./machine-facts.ts";

const initialized: Unstructured = {
  apiVersion: "cluster.x-k8s.io/v1beta2",
  kind: "Cluster",
  metadata: { name: "dev" },
  status: { initialization: { infrastructureProvisioned: true, controlPlaneInitialized: true } },
};

function part(kind: string, status: unknown, spec: unknown = {}): Unstructured {
  return { apiVersion: "v1", kind, metadata: { name: "m" }, spec, status };
}

function facts(more: Partial<MachineFacts> = {}): MachineFacts {
  const machine = machineObject("m", { providerId: false });
  delete machine.status;
  return {
    machine,
    cluster: initialized,
    infrastructure: part("DevMachine", undefined),
    bootstrap: part("KubeadmConfig", undefined),
    node: undefined,
    contact: { state: "up" },
    wantedVersion: "v1.34.5",
    now: new Date(0),
    ...more,
  };
}

const ready = (given: MachineFacts) => machineConditions(given).find((each) => each.type === "Ready");
const bootstrapped = part("KubeadmConfig", { initialization: { dataSecretCreated: true } });
const provisioned = part(
  "DevMachine",
  { initialization: { provisioned: true } },
  { providerID: "in-memory://m" },
);
const pressures = ["MemoryPressure", "DiskPressure", "PIDPressure"].map((type) =>
  said(type, "False", "Fine"),
);
const node = {
  name: "m",
  uid: "u",
  providerId: "in-memory://m",
  ready: true,
  conditions: [said("Ready", "True", "KubeletReady"), ...pressures],
  kubeletVersion: "v1.34.5",
};

describe("a Machine", () => {
  it.each([
    ["Pending", {}],
    ["Provisioning", { bootstrap: bootstrapped }],
    ["Provisioned", { bootstrap: bootstrapped, infrastructure: provisioned }],
    ["Running", { bootstrap: bootstrapped, infrastructure: provisioned, node }],
    ["Deleting", { machine: machineObject("m", { deleting: true }) }],
  ])("is %s", (phase, more) => {
    expect(machinePhase(facts(more))).toBe(phase);
  });

  it("says what was recorded while it starts", () => {
    expect(ready(facts())).toMatchObject({
      status: "False",
      reason: "NotReady",
      message:
        "* BootstrapConfigReady: KubeadmConfig status.initialization.dataSecretCreated is false\n" +
        "* InfrastructureReady: DevMachine status.initialization.provisioned is false\n" +
        "* NodeHealthy: Waiting for DevMachine to report spec.providerID",
    });
    const controlPlane = machineObject("m", { controlPlane: true, providerId: false });
    delete controlPlane.status;
    const waiting = facts({ machine: controlPlane, bootstrap: bootstrapped, cluster: undefined });
    expect(ready(waiting)?.message).toBe(
      "* InfrastructureReady: DevMachine status.initialization.provisioned is false\n" +
        "* NodeHealthy: Waiting for Cluster control plane to be initialized\n" +
        "* NodeKubeadmLabelsAndTaintsSet: Waiting for Cluster control plane to be initialized\n" +
        "* Control plane components: Waiting for Cluster control plane to be initialized\n" +
        "* EtcdMemberHealthy: Waiting for Cluster control plane to be initialized",
    );
  });

  it("says nothing of its node that it cannot see any more", () => {
    const was = { type: "NodeReady", status: "True" as const };
    const machine = machineObject("m", { conditions: [was, { ...was, type: "NodeHealthy" }] });
    const of = (contact: MachineFacts["contact"]) =>
      machineConditions(facts({ machine, contact, infrastructure: provisioned }))
        .filter((each) => each.type === "NodeReady" || each.type === "NodeHealthy")
        .map(({ status, reason, message }) => `${status}/${reason}: ${message}`);
    expect(of({ state: "unsure" })).toEqual(["True/True: ", "True/True: "]);
    const gone = "False/NodeDeleted: Node m has been deleted while the Machine still exists";
    expect(of({ state: "up" })).toEqual([gone, gone]);
    const down = "Unknown/ConnectionDown: Last successful probe at 1970-01-01T00:00:00Z";
    expect(of({ state: "down", lastSuccess: new Date(0) })).toEqual([down, down]);
  });

  it("names the stage of its deletion", () => {
    const machine = machineObject("m", { deleting: true });
    const fine = { conditions: [said("Ready", "True", "Ready")] };
    const left = { infrastructure: part("DevMachine", fine), bootstrap: part("KubeadmConfig", fine) };
    expect(ready(facts({ machine, ...left }))?.message).toBe(
      "* Deleting: Machine deletion in progress, stage: WaitingForInfrastructureDeletion",
    );
    const gone = machineConditions(facts({ machine, infrastructure: undefined, bootstrap: undefined }));
    expect(gone.find((each) => each.type === "Deleting")).toMatchObject({
      status: "True",
      reason: "DeletionCompleted",
      message: "Deletion completed",
    });
  });
});

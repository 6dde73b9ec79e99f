import { describe, expect, it } from "vitest";
import type { Unstructured } from "../runtime/objects.ts";
import { machineObject } from "../testing/machine-object.ts";
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
const node = {
  name: "m",
  uid: "u",
  providerId: "in-memory://m",
  ready: true,
  message: "",
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

  it("names the stage of its deletion", () => {
    const machine = machineObject("m", { deleting: true });
    expect(ready(facts({ machine }))?.message).toBe(
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

import { columns, conditionPath, crd } from "./crd.ts";
import type { CrdVersion } from "./crd.ts";
import {
  anything,
  conditions,
  flag,
  int32,
  int64,
  list,
  object,
  oldConditions,
  text,
  texts,
} from "./schema.ts";
import type { Schema } from "./schema.ts";

const group = "infrastructure.cluster.x-k8s.io";
const categories = ["cluster-api"];
/** CAPZ 1.26 implements the old contract only (gitops-reference, versions read there: config/crd). */
const azureLabels = { "cluster.x-k8s.io/v1beta1": "v1beta1" };
const devLabels = { "cluster.x-k8s.io/v1beta1": "v1beta1", "cluster.x-k8s.io/v1beta2": "v1beta2" };

const resources = { type: "array", items: anything } satisfies Schema;
const endpoint = object({ host: text, port: int32 });
const resourceStatuses = list(
  object({ resource: object({ group: text, version: text, kind: text, name: text }), ready: flag }, [
    "ready",
    "resource",
  ]),
);
const template = object({ template: object({ spec: anything }, ["spec"]) }, ["template"]);
const ready = "Ready=.status.ready:boolean";
const age = "Age=.metadata.creationTimestamp:date";

function azure(
  kind: string,
  plural: string,
  version: Omit<CrdVersion, "name">,
  shortNames?: string[],
): object {
  return crd({
    group,
    kind,
    plural,
    categories,
    labels: azureLabels,
    ...(shortNames ? { shortNames } : {}),
    versions: [{ ...version, name: "v1beta1" }],
  });
}

function dev(kind: string, plural: string, version: Omit<CrdVersion, "name">): object {
  return crd({
    group,
    kind,
    plural,
    categories,
    labels: devLabels,
    versions: [{ ...version, name: "v1beta2" }],
  });
}

const asoStatus: Record<string, Schema> = { ready: flag, resources: resourceStatuses };

const azureAso = [
  azure("AzureASOManagedCluster", "azureasomanagedclusters", {
    spec: object({ resources, controlPlaneEndpoint: endpoint }),
    status: object(asoStatus),
    columns: columns(ready, age),
  }),
  azure("AzureASOManagedControlPlane", "azureasomanagedcontrolplanes", {
    spec: object({ version: text, resources }),
    status: object({ ...asoStatus, initialized: flag, version: text, controlPlaneEndpoint: endpoint }),
    columns: columns(ready, "Version=.status.version", age),
  }),
  azure("AzureASOManagedMachinePool", "azureasomanagedmachinepools", {
    spec: object({ resources, providerIDList: texts }),
    status: object({ ...asoStatus, replicas: int32 }),
    columns: columns(ready, "Replicas=.status.replicas:integer", age),
  }),
  ...["Cluster", "ControlPlane", "MachinePool"].map((what) =>
    azure(`AzureASOManaged${what}Template`, `azureasomanaged${what.toLowerCase()}templates`, {
      spec: template,
      status: false,
    }),
  ),
];

const azureManaged = [
  azure(
    "AzureManagedCluster",
    "azuremanagedclusters",
    {
      spec: object({ controlPlaneEndpoint: endpoint }),
      status: object({ ready: flag }),
      columns: columns(ready, age),
    },
    ["amc"],
  ),
  azure(
    "AzureManagedControlPlane",
    "azuremanagedcontrolplanes",
    {
      spec: object(
        {
          version: { ...text, minLength: 2 },
          location: text,
          subscriptionID: text,
          resourceGroupName: text,
          identityRef: anything,
          sku: anything,
          controlPlaneEndpoint: endpoint,
        },
        ["location", "version"],
      ),
      status: object({
        ready: flag,
        initialized: flag,
        version: text,
        autoUpgradeVersion: text,
        conditions: oldConditions,
      }),
      columns: columns(
        ready,
        "Version=.status.version",
        `Severity=${conditionPath("Ready", "severity")}`,
        `Reason=${conditionPath("Ready", "reason")}`,
        age,
      ),
    },
    ["amcp"],
  ),
  azure(
    "AzureManagedMachinePool",
    "azuremanagedmachinepools",
    {
      spec: object(
        {
          name: text,
          mode: { ...text, enum: ["System", "User"] },
          sku: text,
          osDiskSizeGB: int32,
          scaling: object({ minSize: int32, maxSize: int32 }),
          providerIDList: texts,
        },
        ["mode", "sku"],
      ),
      status: object({ ready: flag, replicas: int32, conditions: oldConditions }),
      columns: columns(ready, "Mode=.spec.mode", "Replicas=.status.replicas:integer", age),
    },
    ["ammp"],
  ),
  azure("AzureClusterIdentity", "azureclusteridentities", {
    spec: object({ type: text, tenantID: text, clientID: text, allowedNamespaces: anything }, [
      "clientID",
      "tenantID",
      "type",
    ]),
    status: object({ conditions: oldConditions }),
    columns: columns("Type=.spec.type", age),
  }),
];

const backend = object({ inMemory: anything, docker: anything });
const old = object({ v1beta1: object({ conditions: oldConditions }) });

const development = [
  dev("DevCluster", "devclusters", {
    spec: object({ controlPlaneEndpoint: endpoint, failureDomains: list(anything), backend }),
    status: object({
      conditions,
      initialization: object({ provisioned: flag }),
      failureDomains: list(anything),
      deprecated: old,
    }),
    columns: columns('Cluster=.metadata.labels["cluster.x-k8s.io/cluster-name"]', age),
  }),
  dev("DevMachine", "devmachines", {
    spec: object({ providerID: text, failureDomain: text, backend }),
    status: object({
      conditions,
      initialization: object({ provisioned: flag }),
      addresses: list(anything),
      backend: anything,
      deprecated: old,
    }),
    columns: columns(
      'Cluster=.metadata.labels["cluster.x-k8s.io/cluster-name"]',
      "ProviderID=.spec.providerID",
      `Ready=${conditionPath("Ready")}`,
      age,
    ),
  }),
  dev("DevMachineTemplate", "devmachinetemplates", { spec: template, status: anything }),
  dev("DevMachinePool", "devmachinepools", {
    spec: object({ template: anything, providerID: text, providerIDList: texts }),
    status: object({
      conditions,
      initialization: object({ provisioned: flag }),
      instances: list(anything),
      observedGeneration: int64,
      deprecated: old,
    }),
    columns: columns(
      'Cluster=.metadata.labels["cluster.x-k8s.io/cluster-name"]',
      `Ready=${conditionPath("Ready")}`,
      age,
    ),
  }),
];

/** CAPZ 1.26 (ASO and the deprecated managed kinds) and the development provider of 1.14. */
export const infrastructureCrds: object[] = [...azureAso, ...azureManaged, ...development];

import { columns, conditionPath, crd } from "./crd.ts";
import type { CrdVersion } from "./crd.ts";
import {
  anything,
  conditions,
  flag,
  int32,
  int64,
  integer,
  list,
  listMap,
  object,
  oldConditions,
  text,
  textMap,
  texts,
  time,
} from "./schema.ts";
import type { Schema } from "./schema.ts";

const group = "cluster.x-k8s.io";
const categories = ["cluster-api"];
/** Which API versions implement which contract; v1beta1-contract users read the other label. */
const labels = { "cluster.x-k8s.io/v1beta1": "v1beta1", "cluster.x-k8s.io/v1beta2": "v1beta2" };

const reference = object({ apiGroup: text, kind: text, name: text }, ["apiGroup", "kind", "name"]);
const endpoint = object({
  host: { ...text, maxLength: 512 },
  port: { ...int32, minimum: 1, maximum: 65535 },
});
const versionsSeen = list(object({ version: text, replicas: int32 }));
const old = object({ v1beta1: object({ conditions: oldConditions }) });
const ranges = object({ cidrBlocks: { ...texts, maxItems: 100 } });
const kubernetesVersion = { ...text, minLength: 1, maxLength: 256 };

const counters: Record<string, Schema> = {
  desiredReplicas: int32,
  replicas: int32,
  readyReplicas: int32,
  availableReplicas: int32,
  upToDateReplicas: int32,
  versions: versionsSeen,
};

const topology = object(
  {
    classRef: object({ name: text, namespace: text }, ["name"]),
    version: kubernetesVersion,
    controlPlane: object({ replicas: int32 }),
    variables: listMap(["name"], object({ name: text }, ["name"])),
    workers: object({
      machineDeployments: listMap(
        ["name"],
        object({ class: text, name: text, replicas: int32 }, ["class", "name"]),
      ),
      machinePools: listMap(
        ["name"],
        object({ class: text, name: text, replicas: int32 }, ["class", "name"]),
      ),
    }),
  },
  ["classRef", "version"],
);

const clusterSpec = object(
  {
    paused: flag,
    clusterNetwork: object({ apiServerPort: int32, pods: ranges, services: ranges, serviceDomain: text }),
    controlPlaneEndpoint: endpoint,
    controlPlaneRef: reference,
    infrastructureRef: reference,
    topology,
    availabilityGates: listMap(["conditionType"], object({ conditionType: text }, ["conditionType"])),
  },
  [],
  { minProperties: 1 },
);

const clusterStatus = object({
  conditions,
  phase: text,
  observedGeneration: int64,
  initialization: object({ infrastructureProvisioned: flag, controlPlaneInitialized: flag }),
  controlPlane: object({ ...counters, upgradePlan: list(object({ version: text })) }),
  workers: object({ ...counters, upgradePlan: list(object({ version: text })) }),
  failureDomains: listMap(["name"], object({ name: text }, ["name"])),
  deprecated: old,
});

const machineTemplateSpec = object(
  {
    clusterName: { ...text, minLength: 1, maxLength: 63 },
    version: kubernetesVersion,
    providerID: text,
    failureDomain: text,
    bootstrap: object({ configRef: reference, dataSecretName: { ...text, maxLength: 253 } }),
    infrastructureRef: reference,
    deletion: object({
      nodeDrainTimeoutSeconds: int32,
      nodeVolumeDetachTimeoutSeconds: int32,
      nodeDeletionTimeoutSeconds: int32,
    }),
    readinessGates: listMap(["conditionType"], object({ conditionType: text }, ["conditionType"])),
  },
  ["bootstrap", "clusterName", "infrastructureRef"],
);

const machineTemplate = object(
  { metadata: object({ labels: textMap, annotations: textMap }), spec: machineTemplateSpec },
  ["spec"],
);

const replicasSpec = {
  clusterName: { ...text, minLength: 1, maxLength: 63 },
  replicas: int32,
  template: machineTemplate,
};

const replicasStatus = object({
  conditions,
  phase: text,
  selector: text,
  observedGeneration: int64,
  replicas: int32,
  readyReplicas: int32,
  availableReplicas: int32,
  upToDateReplicas: int32,
  versions: versionsSeen,
  nodeRefs: list(anything),
  initialization: object({ infrastructureProvisioned: flag, bootstrapDataSecretCreated: flag }),
  deprecated: old,
});

const clusterColumns = columns(
  "ClusterClass=.spec.topology.classRef.name",
  `Available=${conditionPath("Available")}`,
  "CP Desired=.status.controlPlane.desiredReplicas:integer",
  "CP Current=.status.controlPlane.replicas:integer!",
  "CP Ready=.status.controlPlane.readyReplicas:integer!",
  "CP Available=.status.controlPlane.availableReplicas:integer",
  "CP Up-to-date=.status.controlPlane.upToDateReplicas:integer",
  "W Desired=.status.workers.desiredReplicas:integer",
  "W Current=.status.workers.replicas:integer!",
  "W Ready=.status.workers.readyReplicas:integer!",
  "W Available=.status.workers.availableReplicas:integer",
  "W Up-to-date=.status.workers.upToDateReplicas:integer",
  `Paused=${conditionPath("Paused")}!`,
  "Phase=.status.phase",
  "Age=.metadata.creationTimestamp:date",
  "Version=.spec.topology.version",
);

const poolColumns = (first: string[]) =>
  columns(
    "Cluster=.spec.clusterName",
    ...first,
    "Desired=.spec.replicas:integer",
    "Current=.status.replicas:integer",
    "Ready=.status.readyReplicas:integer",
    "Available=.status.availableReplicas:integer",
    "Up-to-date=.status.upToDateReplicas:integer",
    `Paused=${conditionPath("Paused")}!`,
    "Phase=.status.phase",
    "Age=.metadata.creationTimestamp:date",
    "Version=.spec.template.spec.version",
  );

/** v1beta2 is stored; v1beta1 is served with an open schema and a deprecation warning. */
function versions(current: Omit<CrdVersion, "name">): CrdVersion[] {
  const { columns: shown, scale } = current;
  return [
    { ...current, name: "v1beta2", storage: true },
    { name: "v1beta1", deprecated: true, ...(shown ? { columns: shown } : {}), ...(scale ? { scale } : {}) },
  ];
}

const templateRef = object({
  templateRef: object({ apiVersion: text, kind: text, name: text }, ["apiVersion", "kind", "name"]),
});

/** Cluster API core, 1.14. */
export const clusterApiCrds: object[] = [
  crd({
    group,
    kind: "Cluster",
    plural: "clusters",
    shortNames: ["cl"],
    categories,
    labels,
    versions: versions({
      spec: clusterSpec,
      status: clusterStatus,
      required: ["spec"],
      columns: clusterColumns,
    }),
  }),
  crd({
    group,
    kind: "MachineDeployment",
    plural: "machinedeployments",
    shortNames: ["md"],
    categories,
    labels,
    versions: versions({
      spec: object({ ...replicasSpec, selector: anything, paused: flag, rollout: anything }, [
        "clusterName",
        "template",
      ]),
      status: replicasStatus,
      required: ["spec"],
      scale: { labelSelectorPath: ".status.selector" },
      columns: poolColumns([`Available=${conditionPath("Available")}`]),
    }),
  }),
  crd({
    group,
    kind: "MachineSet",
    plural: "machinesets",
    shortNames: ["ms"],
    categories,
    labels,
    versions: versions({
      spec: object({ ...replicasSpec, selector: anything }, ["clusterName", "template"]),
      status: replicasStatus,
      required: ["spec"],
      scale: { labelSelectorPath: ".status.selector" },
      columns: poolColumns([]),
    }),
  }),
  crd({
    group,
    kind: "MachinePool",
    plural: "machinepools",
    shortNames: ["mp"],
    categories,
    labels,
    versions: versions({
      spec: object({ ...replicasSpec, providerIDList: texts, failureDomains: texts }, [
        "clusterName",
        "template",
      ]),
      status: replicasStatus,
      required: ["spec"],
      scale: {},
      columns: poolColumns([]),
    }),
  }),
  crd({
    group,
    kind: "Machine",
    plural: "machines",
    shortNames: ["ma"],
    categories,
    labels,
    versions: versions({
      spec: machineTemplateSpec,
      status: object({
        conditions,
        phase: text,
        observedGeneration: int64,
        nodeRef: object({ name: text }),
        nodeInfo: anything,
        addresses: list(anything),
        lastUpdated: time,
        certificatesExpiryDate: time,
        initialization: object({ infrastructureProvisioned: flag, bootstrapDataSecretCreated: flag }),
        deletion: anything,
        deprecated: old,
      }),
      required: ["spec"],
      columns: columns(
        "Cluster=.spec.clusterName",
        "Node Name=.status.nodeRef.name",
        `Ready=${conditionPath("Ready")}`,
        `Available=${conditionPath("Available")}`,
        `Up-to-date=${conditionPath("UpToDate")}`,
        "Phase=.status.phase",
        "Age=.metadata.creationTimestamp:date",
        "Version=.spec.version",
      ),
    }),
  }),
  crd({
    group,
    kind: "MachineHealthCheck",
    plural: "machinehealthchecks",
    shortNames: ["mhc"],
    categories,
    labels,
    versions: versions({
      spec: object({ clusterName: text, selector: anything, checks: anything, remediation: anything }, [
        "clusterName",
        "selector",
      ]),
      status: object({
        conditions,
        expectedMachines: integer,
        currentHealthy: integer,
        remediationsAllowed: integer,
        observedGeneration: int64,
        deprecated: old,
      }),
      required: ["spec"],
      columns: columns(
        "Cluster=.spec.clusterName",
        "Expected=.status.expectedMachines:integer",
        "Healthy=.status.currentHealthy:integer",
        "Age=.metadata.creationTimestamp:date",
      ),
    }),
  }),
  crd({
    group,
    kind: "ClusterClass",
    plural: "clusterclasses",
    shortNames: ["cc"],
    categories,
    labels,
    versions: versions({
      spec: object({
        infrastructure: templateRef,
        controlPlane: templateRef,
        workers: object({
          machineDeployments: listMap(["class"], object({ class: text }, ["class"])),
          machinePools: listMap(["class"], object({ class: text }, ["class"])),
        }),
        variables: listMap(["name"], object({ name: text }, ["name"])),
        patches: listMap(["name"], object({ name: text }, ["name"])),
        kubernetesVersions: texts,
      }),
      status: object({ conditions, observedGeneration: int64, variables: list(anything), deprecated: old }),
      columns: columns(
        `Variables Ready=${conditionPath("VariablesReady")}`,
        "Age=.metadata.creationTimestamp:date",
      ),
    }),
  }),
];

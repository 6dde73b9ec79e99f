import { columns, conditionPath, crd } from "./crd.ts";
import { anything, conditions, flag, int32, int64, list, object, oldConditions, text } from "./schema.ts";

const categories = ["cluster-api"];
const labels = { "cluster.x-k8s.io/v1beta1": "v1beta1", "cluster.x-k8s.io/v1beta2": "v1beta2" };
const controlPlane = "controlplane.cluster.x-k8s.io";
const bootstrap = "bootstrap.cluster.x-k8s.io";
const old = object({ v1beta1: object({ conditions: oldConditions }) });

const kubeadmConfigSpec = object({
  clusterConfiguration: anything,
  initConfiguration: anything,
  joinConfiguration: anything,
  files: list(anything),
  preKubeadmCommands: list(text),
  postKubeadmCommands: list(text),
  format: text,
});

const controlPlaneSpec = object(
  {
    replicas: int32,
    version: { ...text, minLength: 1, maxLength: 256 },
    machineTemplate: object({
      metadata: anything,
      spec: object({
        infrastructureRef: object({ apiGroup: text, kind: text, name: text }, ["apiGroup", "kind", "name"]),
      }),
    }),
    kubeadmConfigSpec,
    rollout: anything,
    remediation: anything,
  },
  ["machineTemplate", "version"],
);

const controlPlaneStatus = object({
  conditions,
  selector: text,
  observedGeneration: int64,
  replicas: int32,
  readyReplicas: int32,
  availableReplicas: int32,
  upToDateReplicas: int32,
  version: text,
  versions: list(object({ version: text, replicas: int32 })),
  initialization: object({ controlPlaneInitialized: flag }),
  lastRemediation: anything,
  deprecated: old,
});

const template = object({ template: object({ spec: anything }, ["spec"]) }, ["template"], {
  minProperties: 1,
});

/** Kubeadm control plane and bootstrap providers, 1.14. */
export const kubeadmCrds: object[] = [
  crd({
    group: controlPlane,
    kind: "KubeadmControlPlane",
    plural: "kubeadmcontrolplanes",
    shortNames: ["kcp"],
    categories,
    labels,
    versions: [
      {
        name: "v1beta2",
        spec: controlPlaneSpec,
        status: controlPlaneStatus,
        required: ["spec"],
        scale: { labelSelectorPath: ".status.selector" },
        columns: columns(
          'Cluster=.metadata.labels["cluster.x-k8s.io/cluster-name"]',
          `Available=${conditionPath("Available")}`,
          "Desired=.spec.replicas:integer",
          "Current=.status.replicas:integer",
          "Ready=.status.readyReplicas:integer",
          "Available=.status.availableReplicas:integer",
          "Up-to-date=.status.upToDateReplicas:integer",
          `Paused=${conditionPath("Paused")}!`,
          "Initialized=.status.initialization.controlPlaneInitialized!",
          "Age=.metadata.creationTimestamp:date",
          "Version=.spec.version",
        ),
      },
    ],
  }),
  crd({
    group: controlPlane,
    kind: "KubeadmControlPlaneTemplate",
    plural: "kubeadmcontrolplanetemplates",
    categories,
    labels,
    versions: [{ name: "v1beta2", spec: template, status: false, required: ["spec"] }],
  }),
  crd({
    group: bootstrap,
    kind: "KubeadmConfig",
    plural: "kubeadmconfigs",
    categories,
    labels,
    versions: [
      {
        name: "v1beta2",
        spec: kubeadmConfigSpec,
        status: object({
          conditions,
          dataSecretName: text,
          initialization: object({ dataSecretCreated: flag }),
          observedGeneration: int64,
          deprecated: old,
        }),
        columns: columns(
          'Cluster=.metadata.labels["cluster.x-k8s.io/cluster-name"]',
          `Ready=${conditionPath("Ready")}`,
          "Age=.metadata.creationTimestamp:date",
        ),
      },
    ],
  }),
  crd({
    group: bootstrap,
    kind: "KubeadmConfigTemplate",
    plural: "kubeadmconfigtemplates",
    categories,
    labels,
    versions: [{ name: "v1beta2", spec: template, status: false, required: ["spec"] }],
  }),
];

import { FAULT_ANNOTATION, NEVER_AVAILABLE_ANNOTATION } from "../controllers/faults.ts";
import { heldUpgrade } from "./history.ts";

/** An object that gets a merge patch to bring trouble about. */
export interface Trouble {
  cluster: string;
  /** What people will see. */
  sentence: string;
  /** `at-once`: as soon as the object exists; `once-ready`: when the cluster is up and its Flux has settled. */
  stage: "at-once" | "once-ready";
  on: "management" | "workload";
  object: { apiVersion: string; kind: string; plural: string; namespace: string; name: string };
  /** Field manager of the patch: a person, never kubectl (Flux strips what that leaves). */
  manager: string;
  /** Merge patch; `shaBack(n)` is the sha n commits before the head of main. */
  patch: (shaBack: (count: number) => string) => object;
}

const cluster = (name: string): Trouble["object"] => ({
  apiVersion: "cluster.x-k8s.io/v1beta2",
  kind: "Cluster",
  plural: "clusters",
  namespace: name,
  name,
});

const fault = (value: string) => (): object => ({ metadata: { annotations: { [FAULT_ANNOTATION]: value } } });

/** The demo's believable share of trouble, one cluster each (two more are ephemeral and near their expiry). */
export const troubles: readonly Trouble[] = [
  {
    cluster: "prod-weu-3",
    sentence: "stuck on an Azure quota: its general pool never gets its cores",
    stage: "at-once",
    on: "management",
    object: {
      apiVersion: "cluster.x-k8s.io/v1beta2",
      kind: "MachinePool",
      plural: "machinepools",
      namespace: "prod-weu-3",
      name: "prod-weu-3-general",
    },
    manager: "azure-subscription",
    patch: fault("quota-exceeded"),
  },
  {
    cluster: "prod-uks-2",
    sentence:
      "infrastructure fails: ingress-nginx-controller never becomes available, policies and applications wait",
    stage: "at-once",
    on: "management",
    object: cluster("prod-uks-2"),
    manager: "node-image",
    // On the Cluster, which is there long before the Deployment: it must never have been available.
    patch: () => ({
      metadata: { annotations: { [NEVER_AVAILABLE_ANNOTATION]: "ingress-nginx/ingress-nginx-controller" } },
    }),
  },
  {
    cluster: "dev-weu-2",
    sentence: "applications is suspended by hand",
    stage: "once-ready",
    on: "workload",
    object: {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      plural: "kustomizations",
      namespace: "flux-system",
      name: "applications",
    },
    manager: "priya.s",
    patch: () => ({ spec: { suspend: true } }),
  },
  {
    cluster: "prod-eus-4",
    sentence: "three commits behind: somebody pinned its source to an older commit",
    stage: "once-ready",
    on: "workload",
    object: {
      apiVersion: "source.toolkit.fluxcd.io/v1",
      kind: "GitRepository",
      plural: "gitrepositories",
      namespace: "flux-system",
      name: "fleet-infra",
    },
    manager: "omar.h",
    patch: (shaBack) => ({ spec: { ref: { commit: shaBack(3) } } }),
  },
  {
    cluster: heldUpgrade,
    sentence: "held in the middle of an upgrade: control plane on v1.34, pools on v1.33, Cluster API paused",
    stage: "once-ready",
    on: "management",
    object: cluster(heldUpgrade),
    manager: "omar.h",
    patch: () => ({ spec: { paused: true } }),
  },
  {
    cluster: "dev-uks-2",
    sentence: "its API server answers nobody",
    stage: "once-ready",
    on: "management",
    object: cluster("dev-uks-2"),
    manager: "azure-network",
    patch: fault("api-unreachable"),
  },
];

/** Clusters with trouble or near their expiry: a smaller fleet keeps them. */
export const troubledClusters: ReadonlySet<string> = new Set([
  ...troubles.map((trouble) => trouble.cluster),
  "dev-eus-3",
  "dev-weu-4",
]);

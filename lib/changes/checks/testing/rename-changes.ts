import {
  all,
  at,
  copy,
  drop,
  protection,
  replace,
  replaceIn,
  write,
  type DangerousChange,
  type Edit,
} from "./repository-change.ts";

const unprotect = (path: string): Edit => replace(path, new RegExp(protection.source, "gm"), "");
const ofCluster = /name: cluster\n  namespace/;

/** Changes after which something bears another name, lives elsewhere or has another owner. */
export const renameChanges: DangerousChange[] = [
  {
    name: "a Cluster renamed",
    edit: replaceIn(at.cluster, /kind: Cluster\n/, "name: prod-weu-3", "name: prod-weu-4"),
    rules: ["renamed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 unmanaged and create cluster prod-weu-4 beside it: Kustomization prod-weu-3/cluster no longer builds it.",
  },
  {
    name: "an unprotected Cluster renamed",
    before: unprotect(at.cluster),
    edit: replaceIn(at.cluster, /kind: Cluster\n/, "name: prod-weu-3", "name: prod-weu-4"),
    rules: ["renamed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would delete cluster prod-weu-3 and create cluster prod-weu-4 in its place: Kustomization prod-weu-3/cluster no longer builds it.",
  },
  {
    name: "a Cluster in another namespace",
    edit: replaceIn(at.cluster, /kind: Cluster\n/, "namespace: prod-weu-3", "namespace: default"),
    rules: ["renamed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 unmanaged and create cluster prod-weu-3 in namespace default beside it: Kustomization prod-weu-3/cluster no longer builds it.",
  },
  {
    name: "a pool renamed",
    edit: replaceIn(
      at.cluster,
      /kind: MachinePool\nmetadata:\n  name: prod-weu-3-general/,
      "name: prod-weu-3-general",
      "name: prod-weu-3-large",
    ),
    rules: ["renamed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave pool prod-weu-3-general of cluster prod-weu-3 unmanaged and create pool prod-weu-3-large beside it: Kustomization prod-weu-3/cluster no longer builds it.",
  },
  {
    name: "a pool renamed in Azure only",
    edit: replace(at.cluster, "azureName: general", "azureName: large"),
    rules: ["renamed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would delete ManagedClustersAgentPool prod-weu-3/prod-weu-3-general (general in Azure) of cluster prod-weu-3 and create ManagedClustersAgentPool prod-weu-3/prod-weu-3-general (large in Azure) in its place: Kustomization prod-weu-3/cluster no longer builds it.",
  },
  {
    name: "a control plane of another kind",
    edit: replace(at.cluster, /AzureASOManagedControlPlane/g, "AzureManagedControlPlane"),
    rules: ["renamed", "rewired"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave AzureASOManagedControlPlane prod-weu-3/prod-weu-3 of cluster prod-weu-3 unmanaged and create AzureManagedControlPlane prod-weu-3/prod-weu-3 beside it: Kustomization prod-weu-3/cluster no longer builds it.",
  },
  {
    name: "a Cluster of another API group",
    edit: replace(
      at.cluster,
      "apiVersion: cluster.x-k8s.io/v1beta2\nkind: Cluster\n",
      "apiVersion: cluster.example.com/v1beta2\nkind: Cluster\n",
    ),
    rules: ["renamed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 unmanaged and create cluster prod-weu-3 in namespace prod-weu-3 beside it: Kustomization prod-weu-3/cluster no longer builds it.",
  },
  {
    name: "a prefix for the whole fleet directory",
    edit: (files) => ({
      "clusters/management/fleet/kustomization.yaml": [
        "namePrefix: eu-",
        "resources:",
        ...Object.keys(files)
          .filter((path) => path.startsWith("clusters/management/fleet/"))
          .map((path) => `  - ${path.slice(26)}`),
        "",
      ].join("\n"),
    }),
    rules: ["removed", "moved"],
    cluster: "dev-eus-3",
    sentence:
      "Merging would leave Kustomization dev-eus-3/cluster, Kustomization dev-eus-3/flux, Kustomization dev-eus-3/flux-config and 1 more of cluster dev-eus-3 unmanaged: Kustomization flux-system/fleet no longer builds them.",
  },
  {
    name: "another namespace for the platform",
    edit: (files) => ({
      "clusters/management/platform/kustomization.yaml": [
        "namespace: platform",
        "resources:",
        ...Object.keys(files)
          .filter((path) => path.startsWith("clusters/management/platform/"))
          .map((path) => `  - ${path.slice(29)}`),
        "",
      ].join("\n"),
    }),
    rules: ["removed", "renamed", "unjudged"],
    cluster: null,
    sentence:
      "Merging would delete GitRepository flux-system/fleet-capi and GitRepository flux-system/fleet-workload: Kustomization flux-system/platform no longer builds them.",
  },
  {
    name: "targetNamespace set",
    edit: replaceIn(at.fleet, ofCluster, "  prune: true", "  targetNamespace: default\n  prune: true"),
    rules: ["renamed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 with its 2 pools unmanaged and create cluster prod-weu-3 in namespace default beside it: Kustomization prod-weu-3/cluster no longer builds them.",
  },
  {
    name: "namePrefix set on the Kustomization",
    edit: replaceIn(at.fleet, ofCluster, "  prune: true", "  namePrefix: x-\n  prune: true"),
    rules: ["renamed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 with its 2 pools unmanaged and create cluster x-prod-weu-3 beside it: Kustomization prod-weu-3/cluster no longer builds them.",
  },
  {
    name: "the path of another cluster",
    edit: replaceIn(at.fleet, ofCluster, "path: ./clusters/prod-weu-3", "path: ./clusters/dev-weu-2"),
    rules: ["removed", "doubled"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 with its 2 pools unmanaged: Kustomization prod-weu-3/cluster would build clusters/dev-weu-2 instead of clusters/prod-weu-3.",
  },
  {
    name: "a Kustomization renamed",
    edit: replace(at.fleet, /name: cluster\n/g, "name: capi\n"),
    rules: ["renamed", "moved"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave Kustomization prod-weu-3/cluster of cluster prod-weu-3 unmanaged and create Kustomization prod-weu-3/capi beside it: Kustomization flux-system/fleet no longer builds it.",
  },
  {
    name: "a Kustomization in another namespace",
    edit: replaceIn(at.fleet, ofCluster, "namespace: prod-weu-3", "namespace: flux-system"),
    rules: ["renamed", "moved"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave Kustomization prod-weu-3/cluster of cluster prod-weu-3 unmanaged and create Kustomization flux-system/cluster beside it: Kustomization flux-system/fleet no longer builds it.",
  },
  {
    name: "the Cluster moved to the fleet file",
    edit: all(copy(at.cluster, /kind: Cluster\n/, at.fleet), drop(at.cluster, /kind: Cluster\n/)),
    rules: ["moved"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would move cluster prod-weu-3 from Kustomization prod-weu-3/cluster to flux-system/fleet, and prod-weu-3/cluster may delete it first.",
  },
  {
    name: "the Cluster in the fleet file too",
    edit: copy(at.cluster, /kind: Cluster\n/, at.fleet),
    rules: ["doubled"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would make Kustomizations prod-weu-3/cluster and flux-system/fleet fight over cluster prod-weu-3; whichever goes first deletes it.",
  },
  {
    name: "an app's overlay that claims another Kustomization's namespace",
    edit: all(
      replace("apps/base/kustomization.yaml", "resources:\n", "resources:\n  - namespace.yaml\n"),
      write("apps/base/namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: apps}\n"),
    ),
    rules: ["doubled"],
    cluster: "dev-eus-3",
    sentence:
      "Merging would make Kustomizations flux-system/infrastructure on dev-eus-3 and flux-system/applications on dev-eus-3 fight over namespace apps of cluster dev-eus-3; whichever goes first deletes it.",
  },
  {
    name: "a variable that changes a namespace's name",
    before: replace(at.namespaces, "name: external-dns", "name: dns-${CLUSTER_NAME}"),
    edit: replace(at.fluxConfig, 'CLUSTER_NAME: "prod-weu-3"', 'CLUSTER_NAME: "prod-weu-4"'),
    rules: ["renamed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would delete namespace dns-prod-weu-3 of cluster prod-weu-3 and everything in it and create namespace dns-prod-weu-4 in its place: Kustomization flux-system/infrastructure on prod-weu-3 no longer builds it.",
  },
  {
    name: "the resource group renamed",
    edit: replace(
      at.cluster,
      /kind: ResourceGroup\n      metadata:\n        name: prod-weu-3/,
      "kind: ResourceGroup\n      metadata:\n        name: prod-weu-3-rg",
    ),
    rules: ["renamed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would delete ResourceGroup prod-weu-3/prod-weu-3 of cluster prod-weu-3 and create ResourceGroup prod-weu-3/prod-weu-3-rg in its place: Kustomization prod-weu-3/cluster no longer builds it.",
  },
];

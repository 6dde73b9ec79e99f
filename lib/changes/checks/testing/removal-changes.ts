import {
  all,
  at,
  drop,
  protection,
  remove,
  replace,
  replaceIn,
  write,
  type DangerousChange,
  type Edit,
} from "./repository-change.ts";

const unprotect = (path: string): Edit => replace(path, new RegExp(protection.source, "gm"), "");
const root = (resources: string): Edit => replace(at.root, /resources:\n(  - .*\n)+/, resources);

/** Changes after which something is no longer built. */
export const removalChanges: DangerousChange[] = [
  {
    name: "cluster.yaml emptied",
    edit: write(at.cluster, ""),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 with its 2 pools unmanaged: Kustomization prod-weu-3/cluster builds nothing any more.",
  },
  {
    name: "cluster.yaml emptied, unprotected",
    before: unprotect(at.cluster),
    edit: write(at.cluster, "# gone\n"),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would delete cluster prod-weu-3 with its 2 pools: Kustomization prod-weu-3/cluster builds nothing any more.",
  },
  {
    name: "cluster.yaml removed, flux-config.yaml stays",
    edit: remove(at.cluster),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 with its 2 pools unmanaged: Kustomization prod-weu-3/cluster builds nothing any more.",
  },
  {
    name: "flux-config.yaml removed, cluster.yaml stays",
    edit: remove(at.fluxConfig),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave Kustomization flux-system/applications, Kustomization flux-system/infrastructure, Kustomization flux-system/policies and 2 more of cluster prod-weu-3 unmanaged: Kustomization prod-weu-3/flux-config builds nothing any more.",
  },
  {
    name: "flux-config.yaml emptied, unprotected",
    before: unprotect(at.fluxConfig),
    edit: write(at.fluxConfig, ""),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would delete namespace apps, namespace cert-manager, namespace external-dns and 4 more of cluster prod-weu-3 and everything in them: Kustomization flux-system/infrastructure, which applies them, is gone; Kustomization prod-weu-3/flux-config builds nothing any more.",
  },
  {
    name: "a cluster's directory removed",
    edit: remove(at.cluster, at.fluxConfig),
    rules: ["unjudged"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave Kustomizations prod-weu-3/cluster and prod-weu-3/flux-config without their path clusters/prod-weu-3: Flux stops there, and what it applied stays without Git.",
  },
  {
    name: "everything of a cluster removed",
    edit: remove(at.cluster, at.fluxConfig, at.fleet),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 with its 2 pools unmanaged: Kustomization prod-weu-3/cluster, which applies them, is gone; clusters/management/fleet/prod-weu-3.yaml is no longer built by Kustomization flux-system/fleet.",
  },
  {
    name: "a fleet file removed",
    edit: remove(at.fleet),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 with its 2 pools unmanaged: Kustomization prod-weu-3/cluster, which applies them, is gone; clusters/management/fleet/prod-weu-3.yaml is no longer built by Kustomization flux-system/fleet.",
  },
  {
    name: "a fleet file removed, nothing protected",
    before: all(
      unprotect(at.fleet),
      unprotect(at.cluster),
      replace(at.fleet, /  deletionPolicy: Orphan.*\n/g, ""),
    ),
    edit: remove(at.fleet),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would delete cluster prod-weu-3 with its 2 pools: Kustomization prod-weu-3/cluster, which applies them, is gone; clusters/management/fleet/prod-weu-3.yaml is no longer built by Kustomization flux-system/fleet.",
  },
  {
    name: "a fleet file emptied",
    edit: write(at.fleet, ""),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 with its 2 pools unmanaged: Kustomization prod-weu-3/cluster, which applies them, is gone; Kustomization flux-system/fleet no longer builds Kustomization prod-weu-3/cluster.",
  },
  {
    name: "the Cluster's document removed",
    edit: drop(at.cluster, /kind: Cluster\n/),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 unmanaged: Kustomization prod-weu-3/cluster no longer builds it.",
  },
  {
    name: "a pool removed",
    edit: drop(at.cluster, /MachinePool\nmetadata:\n  name: prod-weu-3-general/),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave pool prod-weu-3-general and AzureASOManagedMachinePool prod-weu-3/prod-weu-3-general of cluster prod-weu-3 unmanaged: Kustomization prod-weu-3/cluster no longer builds them.",
  },
  {
    name: "an unprotected pool removed",
    before: unprotect(at.cluster),
    edit: drop(at.cluster, /MachinePool\nmetadata:\n  name: prod-weu-3-general/),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would delete pool prod-weu-3-general and AzureASOManagedMachinePool prod-weu-3/prod-weu-3-general of cluster prod-weu-3: Kustomization prod-weu-3/cluster no longer builds them.",
  },
  {
    name: "a control plane removed",
    edit: drop(at.cluster, /kind: AzureASOManagedControlPlane\nmeta/),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave AzureASOManagedControlPlane prod-weu-3/prod-weu-3 of cluster prod-weu-3 unmanaged: Kustomization prod-weu-3/cluster no longer builds it.",
  },
  {
    name: "a namespace removed, protected",
    edit: drop(at.fleet, /kind: Namespace/),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave namespace prod-weu-3 of cluster prod-weu-3 unmanaged: Kustomization flux-system/fleet no longer builds it.",
  },
  {
    name: "a namespace removed, unprotected",
    before: unprotect(at.fleet),
    edit: drop(at.fleet, /kind: Namespace/),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would delete namespace prod-weu-3 and with it cluster prod-weu-3: Kustomization flux-system/fleet no longer builds it.",
  },
  {
    name: "a cluster's Kustomization removed",
    edit: drop(at.fleet, /name: cluster\n  namespace/),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 with its 2 pools unmanaged: Kustomization prod-weu-3/cluster, which applies them, is gone; Kustomization flux-system/fleet no longer builds Kustomization prod-weu-3/cluster.",
  },
  {
    name: "a suspended Kustomization removed",
    before: all(
      unprotect(at.fleet),
      replaceIn(at.fleet, /name: cluster\n  namespace/, /  deletionPolicy: Orphan.*\n/, "  suspend: true\n"),
    ),
    edit: drop(at.fleet, /name: cluster\n  namespace/),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would delete Kustomization prod-weu-3/cluster of cluster prod-weu-3: Kustomization flux-system/fleet no longer builds it.",
  },
  {
    name: "a stage removed",
    edit: drop(at.stages, /name: fleet\n/),
    rules: ["removed"],
    cluster: null,
    sentence:
      "Merging would leave Kustomization flux-system/fleet unmanaged: Kustomization flux-system/flux-system no longer builds it.",
  },
  {
    name: "stages.yaml dropped from the root",
    edit: root("resources:\n  - flux-system\n"),
    rules: ["removed"],
    cluster: null,
    sentence:
      "Merging would leave namespace fleet-identity, AzureClusterIdentity fleet-identity/fleet, Kustomization flux-system/fleet and 3 more unmanaged: Kustomization flux-system/platform, which applies them, is gone; clusters/management/stages.yaml is no longer built by Kustomization flux-system/flux-system.",
  },
  {
    name: "flux-system dropped from the root",
    edit: root("resources:\n  - stages.yaml\n"),
    rules: ["removed"],
    cluster: null,
    sentence:
      "Merging would delete CustomResourceDefinition alerts.notification.toolkit.fluxcd.io, CustomResourceDefinition buckets.source.toolkit.fluxcd.io, CustomResourceDefinition externalartifacts.source.toolkit.fluxcd.io and 11 more and with them every object of their kinds: clusters/management/flux-system/gotk-components.yaml, clusters/management/flux-system/gotk-sync.yaml and clusters/management/flux-system/kustomization.yaml are no longer built by Kustomization flux-system/flux-system.",
  },
  {
    name: "the fleet's identity emptied",
    edit: write(at.identity, ""),
    rules: ["removed"],
    cluster: null,
    sentence:
      "Merging would leave namespace fleet-identity and AzureClusterIdentity fleet-identity/fleet unmanaged: Kustomization flux-system/platform no longer builds them.",
  },
  {
    name: "the policy that refuses deletions removed",
    edit: remove(at.policy),
    rules: ["removed"],
    cluster: null,
    sentence:
      "Merging would leave ValidatingAdmissionPolicy fleet-protect-clusters and ValidatingAdmissionPolicyBinding fleet-protect-clusters unmanaged: clusters/management/platform/protect-clusters.yaml is no longer built by Kustomization flux-system/platform.",
  },
  {
    name: "cluster.yaml left out by a kustomization.yaml",
    edit: all(
      write("clusters/prod-weu-3/kustomization.yaml", "resources: [flux-config.yaml]\n"),
      replace(at.sources, "    /clusters/*/flux-config.yaml", "    !/clusters/*/flux-config.yaml"),
    ),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 with its 2 pools unmanaged: clusters/prod-weu-3/cluster.yaml is no longer built by Kustomization prod-weu-3/cluster.",
  },
  {
    name: "a namespace of the workloads removed",
    edit: replace(at.namespaces, /---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: apps\n/, ""),
    rules: ["removed"],
    cluster: "dev-eus-3",
    sentence:
      "Merging would delete namespace apps of cluster dev-eus-3 and everything in it: Kustomization flux-system/infrastructure on dev-eus-3 no longer builds it.",
  },
  {
    name: "a list of resources shortened",
    edit: replace(at.infrastructure, "  - namespaces.yaml\n", ""),
    rules: ["removed"],
    cluster: "dev-eus-3",
    sentence:
      "Merging would delete namespace apps, namespace cert-manager, namespace external-dns and 1 more of cluster dev-eus-3 and everything in them: infrastructure/base/namespaces.yaml is no longer built by Kustomization flux-system/infrastructure on dev-eus-3.",
  },
  {
    name: "the Git credentials of the workloads removed",
    edit: replace(at.flux, /.*git-auth\.sops\.yaml\n/, ""),
    rules: ["removed"],
    cluster: "dev-eus-3",
    sentence:
      "Merging would delete Secret flux-system/fleet-git-auth of cluster dev-eus-3: infrastructure/flux/git-auth.sops.yaml is no longer built by Kustomization dev-eus-3/flux.",
  },
  {
    name: "a kind's definition removed",
    edit: drop(at.components, /name: kustomizations\.kustomize\.toolkit\.fluxcd\.io/),
    rules: ["removed"],
    cluster: null,
    sentence:
      "Merging would delete CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io and with it every object of its kind: Kustomization flux-system/flux-system no longer builds it.",
  },
  {
    name: "everything of an environment's apps dropped",
    edit: all(
      write(at.apps, "resources: [empty.yaml]\n"),
      write("apps/overlays/production/empty.yaml", "# none\n"),
    ),
    rules: ["emptied"],
    cluster: "prod-eus-4",
    sentence:
      "Merging would empty Kustomization flux-system/applications on prod-eus-4: of its 4 objects none is built any more, and all that are not protected would be pruned.",
  },
  {
    name: "an agent pool dropped inside its object",
    edit: replaceIn(
      at.cluster,
      /AzureASOManagedMachinePool\nmetadata:\n  name: prod-weu-3-general/,
      /  resources:\n[\s\S]*/,
      "  resources: []\n",
    ),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would delete ManagedClustersAgentPool prod-weu-3/prod-weu-3-general (general in Azure) of cluster prod-weu-3: Kustomization prod-weu-3/cluster no longer builds it.",
  },
  {
    name: "variables of a cluster removed, not read by anything",
    before: replace(at.fluxConfig, /  postBuild:\n(    .*\n)+/g, ""),
    edit: drop(at.fluxConfig, /name: cluster-vars\n  namespace/),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave ConfigMap flux-system/cluster-vars of cluster prod-weu-3 unmanaged: Kustomization prod-weu-3/flux-config no longer builds it.",
  },
];

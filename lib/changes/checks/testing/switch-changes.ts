import {
  all,
  at,
  protection,
  replace,
  replaceIn,
  write,
  type DangerousChange,
  type Edit,
} from "./repository-change.ts";

const ofCluster = /name: cluster\n  namespace/;
const fluxConfig = /name: flux-config\n  namespace/;
const force = (path: string, match: RegExp): Edit =>
  replaceIn(path, match, "  prune: true", "  force: true\n  prune: true");

/** Changes that take a protection away, point somewhere else, or leave nothing to judge by. */
export const switchChanges: DangerousChange[] = [
  {
    name: "a Cluster armed",
    edit: replaceIn(at.cluster, /kind: Cluster\n/, protection, ""),
    rules: ["protection-lost"],
    cluster: "prod-weu-3",
    sentence: "Merging would take the protection against pruning (prune: disabled) off cluster prod-weu-3.",
  },
  {
    name: "a protection misspelt",
    edit: replaceIn(at.cluster, /kind: Cluster\n/, "prune: disabled", "prune: Disabled"),
    rules: ["protection-lost"],
    cluster: "prod-weu-3",
    sentence: "Merging would take the protection against pruning (prune: disabled) off cluster prod-weu-3.",
  },
  {
    name: "a namespace armed",
    edit: replaceIn(at.fleet, /kind: Namespace/, protection, ""),
    rules: ["protection-lost"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would take the protection against pruning (prune: disabled) off namespace prod-weu-3 of cluster prod-weu-3.",
  },
  {
    name: "all of flux-config.yaml armed",
    edit: replace(at.fluxConfig, new RegExp(protection.source, "gm"), ""),
    rules: ["protection-lost"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would take the protection against pruning (prune: disabled) off ConfigMap flux-system/cluster-vars, Kustomization flux-system/applications, Kustomization flux-system/infrastructure and 2 more of cluster prod-weu-3.",
  },
  {
    name: "the root's patch removed",
    edit: replace(at.root, /patches:[\s\S]*/, ""),
    rules: ["protection-lost"],
    cluster: null,
    sentence:
      "Merging would take the protection against pruning (prune: disabled) off namespace flux-system, Kustomization flux-system/fleet, Kustomization flux-system/flux-system and 2 more.",
  },
  {
    name: "deletionPolicy of a stage removed",
    edit: replaceIn(at.stages, /name: fleet\n/, /  deletionPolicy: Orphan\n/, ""),
    rules: ["protection-lost"],
    cluster: null,
    sentence:
      "Merging would let Kustomization flux-system/fleet delete all it applies when it goes (deletionPolicy MirrorPrune).",
  },
  {
    name: "deletionPolicy Delete",
    edit: replaceIn(at.fleet, ofCluster, /deletionPolicy: Orphan/, "deletionPolicy: Delete"),
    rules: ["protection-lost"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would let Kustomization prod-weu-3/cluster of cluster prod-weu-3 delete all it applies when it goes (deletionPolicy Delete).",
  },
  {
    name: "prune switched on",
    before: replaceIn(at.fleet, ofCluster, "prune: true", "prune: false"),
    edit: replaceIn(at.fleet, ofCluster, "prune: false", "prune: true"),
    rules: ["protection-lost"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would let Kustomization prod-weu-3/cluster of cluster prod-weu-3 prune what leaves Git (prune: true).",
  },
  {
    name: "the policy that refuses deletions weakened",
    edit: replace(at.policy, "validationActions: [Deny]", "validationActions: [Audit]"),
    rules: ["protection-lost"],
    cluster: null,
    sentence:
      "Merging would change ValidatingAdmissionPolicyBinding fleet-protect-clusters, which refuses deletions.",
  },
  {
    name: "force on a Kustomization",
    edit: force(at.fleet, ofCluster),
    rules: ["force"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would let Kustomization prod-weu-3/cluster delete and recreate what it applies (spec.force: true).",
  },
  {
    name: "force on a Kustomization of the workloads",
    edit: force(at.fluxConfig, /name: applications\n/),
    rules: ["force"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would let Kustomization flux-system/applications on prod-weu-3 delete and recreate what it applies (spec.force: true).",
  },
  {
    name: "force on an object",
    edit: replaceIn(
      at.cluster,
      /kind: Cluster\n/,
      "  annotations:\n",
      "  annotations:\n    kustomize.toolkit.fluxcd.io/force: enabled\n",
    ),
    rules: ["force"],
    cluster: "prod-weu-3",
    sentence: "Merging would let Flux delete and recreate cluster prod-weu-3 (annotation force: enabled).",
  },
  {
    name: "a change under force",
    before: force(at.fleet, ofCluster),
    edit: replace(at.cluster, "location: westeurope", "location: northeurope"),
    rules: ["rewired", "force"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would give ResourceGroup prod-weu-3/prod-weu-3 of cluster prod-weu-3 another location: what it stands on now would be left or replaced.",
  },
  {
    name: "another control plane",
    edit: replaceIn(
      at.cluster,
      /kind: Cluster\n/,
      /ManagedControlPlane\n    name: prod-weu-3/,
      "ManagedControlPlane\n    name: prod-weu-4",
    ),
    rules: ["rewired"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would give cluster prod-weu-3 another controlPlaneRef: what it stands on now would be left or replaced.",
  },
  {
    name: "another infrastructure of a pool",
    edit: replaceIn(
      at.cluster,
      /kind: MachinePool\nmetadata:\n  name: prod-weu-3-general/,
      /MachinePool\n        name: prod-weu-3-general/,
      "MachinePool\n        name: prod-weu-3-system",
    ),
    rules: ["rewired"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would give pool prod-weu-3-general of cluster prod-weu-3 another infrastructureRef: what it stands on now would be left or replaced.",
  },
  {
    name: "a pool of another cluster",
    edit: replaceIn(
      at.cluster,
      /kind: MachinePool\nmetadata:\n  name: prod-weu-3-general/,
      /clusterName: prod-weu-3/g,
      "clusterName: dev-weu-2",
    ),
    rules: ["rewired"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would give pool prod-weu-3-general of cluster prod-weu-3 another clusterName: what it stands on now would be left or replaced.",
  },
  {
    name: "kubeConfig removed: the workload's objects on the management cluster",
    edit: replaceIn(at.fleet, fluxConfig, /  kubeConfig:\n.*\n.*\n/, ""),
    rules: ["retargeted"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would make Kustomization prod-weu-3/flux-config apply and prune on management instead of prod-weu-3.",
  },
  {
    name: "kubeConfig of another cluster",
    edit: replaceIn(at.fleet, fluxConfig, "prod-weu-3-kubeconfig", "dev-weu-2-kubeconfig"),
    rules: ["retargeted", "doubled"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would make Kustomization prod-weu-3/flux-config apply and prune on dev-weu-2 instead of prod-weu-3.",
  },
  {
    name: "another branch",
    edit: replaceIn(at.sources, /name: fleet-capi/, "branch: main", "branch: next"),
    rules: ["source-changed"],
    cluster: null,
    sentence:
      "Merging would make 6 Kustomizations read next of http://127.0.0.1:4100/acme/fleet.git instead of main of http://127.0.0.1:4100/acme/fleet.git (GitRepository flux-system/fleet-capi), and prune what is not there.",
  },
  {
    name: "another repository",
    edit: replaceIn(at.sync, /kind: GitRepository\nmeta/, /url: .*/, "url: https://example.com/other.git"),
    rules: ["source-changed"],
    cluster: null,
    sentence:
      "Merging would make 9 Kustomizations read main of https://example.com/other.git instead of main of http://127.0.0.1:4100/acme/fleet.git (GitRepository flux-system/flux-system), and prune what is not there.",
  },
  {
    name: "another branch on a workload cluster",
    edit: replace(at.fluxConfig, "branch: main", "branch: next"),
    rules: ["source-changed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would make 3 Kustomizations read next of http://127.0.0.1:4100/acme/fleet.git instead of main of http://127.0.0.1:4100/acme/fleet.git (GitRepository flux-system/fleet-infra of cluster prod-weu-3), and prune what is not there.",
  },
  {
    name: "a source that hides a cluster",
    edit: replaceIn(
      at.sources,
      /name: fleet-capi/,
      "    /clusters/management\n",
      "    /clusters/management\n    /clusters/prod-weu-3\n",
    ),
    rules: ["unjudged"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave Kustomization prod-weu-3/cluster without its path clusters/prod-weu-3: Flux stops there, and what it applied stays without Git.",
  },
  {
    name: "a source that hides cluster.yaml",
    edit: replaceIn(
      at.sources,
      /name: fleet-capi/,
      "    /clusters/management\n",
      "    /clusters/management\n    /clusters/prod-weu-3/cluster.yaml\n",
    ),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 with its 2 pools unmanaged: Kustomization prod-weu-3/cluster builds nothing any more.",
  },
  {
    name: ".sourceignore that hides a fleet file",
    edit: write(".sourceignore", "clusters/management/fleet/prod-weu-3.yaml\n"),
    rules: ["removed"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave cluster prod-weu-3 with its 2 pools unmanaged: Kustomization prod-weu-3/cluster, which applies them, is gone; clusters/management/fleet/prod-weu-3.yaml is no longer built by Kustomization flux-system/fleet.",
  },
  {
    name: "a source removed",
    edit: (files) => ({ [at.sources]: (files[at.sources] ?? "").split("---\n")[1] ?? "" }),
    rules: ["removed", "unjudged"],
    cluster: null,
    sentence:
      "Merging would delete GitRepository flux-system/fleet-capi: Kustomization flux-system/platform no longer builds it.",
  },
  {
    name: "the root's own path changed",
    edit: replace(at.sync, "path: ./clusters/management", "path: ./clusters/other"),
    rules: ["rewired"],
    cluster: null,
    sentence:
      "Merging would make the root Kustomization flux-system/flux-system build clusters/other instead of clusters/management, and prune all it applies from there.",
  },
  {
    name: "a path that is not there",
    edit: replaceIn(at.fleet, ofCluster, "path: ./clusters/prod-weu-3", "path: ./clusters/prod-weu-33"),
    rules: ["unjudged"],
    cluster: "prod-weu-3",
    sentence:
      "Merging would leave Kustomization prod-weu-3/cluster without its path clusters/prod-weu-33: Flux stops there, and what it applied stays without Git.",
  },
  {
    name: "a patch on the Kustomization",
    edit: replaceIn(
      at.fleet,
      ofCluster,
      "  prune: true",
      '  patches: [{patch: "$patch: delete", target: {kind: Cluster}}]\n  prune: true',
    ),
    rules: ["unjudged"],
    cluster: "prod-weu-3",
    sentence:
      "What merging would prune cannot be told: spec.patches of Kustomization prod-weu-3/cluster changes, which is not built here.",
  },
  {
    name: "an empty kustomization.yaml",
    edit: write(at.apps, "resources: []\n"),
    rules: ["emptied"],
    cluster: "prod-eus-4",
    sentence:
      "Merging would empty Kustomization flux-system/applications on prod-eus-4: of its 4 objects none is built any more, and all that are not protected would be pruned.",
  },
  {
    name: "broken YAML",
    edit: write(at.cluster, "a: [\n"),
    rules: ["unjudged"],
    cluster: "prod-weu-3",
    sentence:
      "What merging would prune cannot be told: Kustomization prod-weu-3/cluster does not build (accumulating resources: accumulating resources from 'clusters/prod-weu-3/cluster.yaml': MalformedYAMLError: yaml: line 1: did not find expected node content in File: clusters/prod-weu-3/cluster.yaml).",
  },
  {
    name: "the root broken",
    edit: replace(at.root, "  - stages.yaml\n", "  - stagess.yaml\n"),
    rules: ["unjudged"],
    cluster: null,
    sentence:
      "What merging would prune cannot be told: Kustomization flux-system/flux-system does not build (clusters/management/kustomization.yaml names stagess.yaml, which is not in the repository as this source serves it; remote resources are not fetched).",
  },
  {
    name: "a variable nobody sets",
    edit: replace(at.namespaces, "name: external-dns", "name: dns-${NOBODY}"),
    rules: ["unjudged"],
    cluster: null,
    sentence:
      'What merging would prune cannot be told: Kustomizations flux-system/infrastructure on dev-eus-3 and flux-system/infrastructure on dev-weu-2 do not build (Namespace/dns-${NOBODY}: variable not set (strict mode): "NOBODY").',
  },
  {
    name: "a name from a Secret that is not in Git",
    edit: all(
      replace(at.namespaces, "name: external-dns", "name: dns-${REGION}"),
      replaceIn(
        at.fluxConfig,
        /name: infrastructure\n/,
        "      - kind: ConfigMap\n",
        "      - kind: Secret\n        name: elsewhere\n      - kind: ConfigMap\n",
      ),
    ),
    rules: ["unjudged"],
    cluster: null,
    sentence:
      'What merging would prune cannot be told: Kustomizations flux-system/infrastructure on dev-eus-3 and flux-system/infrastructure on dev-weu-2 do not build (Namespace/dns-${REGION}: variable not set (strict mode): "REGION").',
  },
];

import type { KnownError } from "../known-error.ts";

/** Nodes and the cluster's own API server, as Cluster API and AKS report them. */
export const machines: readonly KnownError[] = [
  {
    id: "node-bootstrap",
    match: /VMExtensionProvisioningError|VMExtensionError|vmssCSE|OutboundConnFail/,
    captures: [/exit status=(?<code>\d{1,4})/],
    title: "New nodes do not come up",
    told: "the start script of a node ends with {code}",
    scope: "{code}",
    meaning:
      "A new machine ran its start script and failed[ with {code}]; 50 means that it cannot reach the internet.",
    advice: "Check what the nodes may reach.",
    who: "network administrator",
    fix: [
      "Check that the subnet's routes, firewall and DNS let nodes reach what AKS requires.",
      "Then scale the pool again, or let it reconcile.",
    ],
    link: "https://learn.microsoft.com/en-us/azure/aks/outbound-rules-control-egress",
    source: "Azure/AKS#1607, Azure/aks-engine#2212",
    example: {
      reason: "VMExtensionProvisioningError",
      message:
        "VM has reported a failure when processing extension 'vmssCSE'. Error message: \"Enable failed: failed to execute command: command terminated with exit status=50\"",
    },
    nearMiss: "container exited with status 50",
  },
  {
    id: "node-start-timeout",
    match: /NodeStartupTimeout|Node failed to report startup in/,
    captures: [/report startup in (?<time>[\dhms.]{1,20})/],
    title: "A new node does not join",
    told: "no node after {time}",
    meaning: "A machine runs, and no node of it joined the cluster[ in {time}].",
    advice: "Look at the machine's boot log.",
    who: "platform engineer",
    fix: [
      "Look at the machine's boot log (cloud-init, kubelet): wrong image, no route to the API server, or a bad token.",
      "Cluster API replaces the machine by itself where a health check says so.",
    ],
    link: "https://cluster-api.sigs.k8s.io/user/troubleshooting",
    source: "kubernetes-sigs/cluster-api, machinehealthcheck_targets.go",
    example: {
      reason: "NodeStartupTimeout",
      message: "Health check failed:\n  * Node failed to report startup in 10m0s",
    },
    nearMiss: "Node status is reported every 10s",
  },
  {
    id: "node-image",
    match: /failed to (?:get|pull) sandbox image/,
    captures: [/sandbox image "(?<image>[\w.:/@-]{1,200})"/],
    title: "Nodes cannot pull the image every pod needs",
    told: "{image} cannot be pulled",
    scope: "{image}",
    meaning: "Nodes cannot pull the pause image[ {image}], so no pod starts there.",
    advice: "Check what the nodes may reach.",
    who: "network administrator",
    fix: ["Let the nodes reach the registry[ of {image}], through the proxy or mirror they use."],
    source: "containerd, internal/cri/server/podsandbox",
    example: {
      reason: "FailedCreatePodSandBox",
      message:
        'rpc error: code = Unknown desc = failed to get sandbox image "registry.k8s.io/pause:3.8": failed to pull image',
    },
    nearMiss: "failed to create sandbox: network plugin is not ready",
  },
  {
    id: "unreachable",
    match: /Remote connection probe failed/,
    title: "API server does not answer",
    told: "its objects show what was last known",
    meaning: "The management cluster does not get through to the cluster's API server.",
    who: "platform engineer",
    fix: [
      "Check whether the cluster is stopped, or its network or allowed addresses were changed.",
      "See the control plane's conditions for what the provider says.",
    ],
    link: "https://cluster-api.sigs.k8s.io/user/troubleshooting",
    source: "recordings of Cluster API, api-unreachable",
    example: {
      reason: "ProbeFailed",
      message: "Remote connection probe failed, probe last succeeded at 2026-11-23T17:21:14Z",
    },
    nearMiss: "Readiness probe failed: HTTP probe failed with statuscode: 503",
  },
  {
    id: "kubeconfig",
    match: /unable to read KubeConfig secret/,
    captures: [/KubeConfig secret '(?<secret>[\w./-]{1,200})'/],
    title: "The cluster’s kubeconfig does not exist yet",
    meaning:
      "Flux waits for the access to the cluster[, Secret {secret}], which Cluster API writes once the cluster is made.",
    who: "platform engineer",
    fix: [
      "Wait while the cluster is made.",
      "If it is Ready, check that the Kustomization names the right Secret[: {secret}].",
    ],
    link: "https://fluxcd.io/flux/components/kustomize/kustomizations/",
    source: "recordings of Flux, 2-newcluster",
    example: {
      reason: "ReconciliationFailed",
      message: `unable to read KubeConfig secret 'dev-1/dev-1-kubeconfig' error: secrets "dev-1-kubeconfig" not found`,
    },
    nearMiss: 'secrets "registry" not found',
  },
  {
    id: "kubeconfig-refused",
    match: /dry-run failed \(Unauthorized\)|the server has asked for the client to provide credentials/,
    title: "The cluster refuses the kubeconfig",
    meaning:
      "The API server does not accept the credential Flux or Cluster API came with: it expired or was replaced.",
    advice: "Renew the kubeconfig.",
    who: "platform engineer",
    fix: [
      "Delete the cluster's kubeconfig Secret: the control plane's provider writes a new one.",
      "Reconcile.",
    ],
    link: "https://cluster-api.sigs.k8s.io/user/troubleshooting",
    source: "gitops-reference, texts of kustomize-controller; kubernetes/apimachinery errors",
    example: {
      reason: "ReconciliationFailed",
      message:
        "Namespace/apps dry-run failed (Unauthorized): the server has asked for the client to provide credentials",
    },
    nearMiss: 'Namespace/apps dry-run failed (Forbidden): namespaces "apps" is forbidden',
  },
];

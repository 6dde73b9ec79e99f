/** One kind of object we read; the only place that knows group, versions and plural (gitops-reference §1). */
export interface KindRow {
  kind: string;
  group: string;
  /** Versions we understand, the best first; the first one an API server serves is read. */
  versions: readonly string[];
  plural: string;
  namespaced: boolean;
  /** Which API server has it. */
  home: "management" | "workload" | "both";
  reader: "capi" | "aso" | "flux" | "workload";
}

const CORE = "cluster.x-k8s.io";
const CONTROL_PLANE = "controlplane.cluster.x-k8s.io";
const INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io";
const CONTAINER_SERVICE = "containerservice.azure.com";
const SOURCE = "source.toolkit.fluxcd.io";
const IMAGE = "image.toolkit.fluxcd.io";
const NOTIFICATION = "notification.toolkit.fluxcd.io";
const OPERATOR = "fluxcd.controlplane.io";

const v2first = ["v1beta2", "v1beta1"];
const asoVersions = ["v1api20250801", "v1api20240901", "v1api20240402preview", "v1api20231001"];

function capi(
  kind: string,
  group: string,
  versions: readonly string[],
  plural = `${kind.toLowerCase()}s`,
): KindRow {
  return { kind, group, versions, plural, namespaced: true, home: "management", reader: "capi" };
}
function aso(kind: string, group: string, versions: readonly string[], plural: string): KindRow {
  return { kind, group, versions, plural, namespaced: true, home: "management", reader: "aso" };
}
function flux(kind: string, group: string, versions: readonly string[], plural: string): KindRow {
  return { kind, group, versions, plural, namespaced: true, home: "both", reader: "flux" };
}

/** Every kind the sync engine lists and watches. A kind an API server does not serve degrades alone. */
const kinds: readonly KindRow[] = [
  capi("Cluster", CORE, v2first),
  capi("MachinePool", CORE, v2first),
  capi("MachineDeployment", CORE, v2first),
  capi("KubeadmControlPlane", CONTROL_PLANE, v2first),
  capi("AWSManagedControlPlane", CONTROL_PLANE, v2first),
  capi("AzureASOManagedCluster", INFRASTRUCTURE, ["v1beta1"]),
  capi("AzureASOManagedControlPlane", INFRASTRUCTURE, ["v1beta1"]),
  capi("AzureASOManagedMachinePool", INFRASTRUCTURE, ["v1beta1"]),
  capi("AzureManagedControlPlane", INFRASTRUCTURE, ["v1beta1"]),
  capi("AzureManagedMachinePool", INFRASTRUCTURE, ["v1beta1"]),
  capi("GCPManagedControlPlane", INFRASTRUCTURE, ["v1beta1"]),
  aso("ResourceGroup", "resources.azure.com", ["v1api20200601"], "resourcegroups"),
  aso("ManagedCluster", CONTAINER_SERVICE, asoVersions, "managedclusters"),
  aso("ManagedClustersAgentPool", CONTAINER_SERVICE, asoVersions, "managedclustersagentpools"),
  flux("Kustomization", "kustomize.toolkit.fluxcd.io", ["v1"], "kustomizations"),
  flux("HelmRelease", "helm.toolkit.fluxcd.io", ["v2"], "helmreleases"),
  flux("GitRepository", SOURCE, ["v1"], "gitrepositories"),
  flux("OCIRepository", SOURCE, ["v1"], "ocirepositories"),
  flux("HelmRepository", SOURCE, ["v1"], "helmrepositories"),
  flux("Bucket", SOURCE, ["v1"], "buckets"),
  flux("HelmChart", SOURCE, ["v1"], "helmcharts"),
  flux("ExternalArtifact", SOURCE, ["v1"], "externalartifacts"),
  flux("ImageRepository", IMAGE, ["v1", "v1beta2"], "imagerepositories"),
  flux("ImagePolicy", IMAGE, ["v1", "v1beta2"], "imagepolicies"),
  flux("ImageUpdateAutomation", IMAGE, ["v1", "v1beta2"], "imageupdateautomations"),
  flux("Receiver", NOTIFICATION, ["v1"], "receivers"),
  flux("Alert", NOTIFICATION, ["v1beta3"], "alerts"),
  flux("Provider", NOTIFICATION, ["v1beta3"], "providers"),
  flux("ResourceSet", OPERATOR, ["v1"], "resourcesets"),
  flux("FluxInstance", OPERATOR, ["v1"], "fluxinstances"),
  {
    kind: "Deployment",
    group: "apps",
    versions: ["v1"],
    plural: "deployments",
    namespaced: true,
    home: "workload",
    reader: "workload",
  },
  {
    kind: "Node",
    group: "",
    versions: ["v1"],
    plural: "nodes",
    namespaced: false,
    home: "workload",
    reader: "workload",
  },
];

export function kindsOf(home: "management" | "workload"): KindRow[] {
  return kinds.filter((row) => row.home === home || row.home === "both");
}

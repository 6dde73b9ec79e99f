/** Top-level members of built-in kinds besides apiVersion, kind and metadata, where they are not spec and status. */
const members: Record<string, string[]> = {
  ConfigMap: ["data", "binaryData", "immutable"],
  Secret: ["data", "stringData", "type", "immutable"],
  ServiceAccount: ["secrets", "imagePullSecrets", "automountServiceAccountToken"],
  Endpoints: ["subsets"],
  EndpointSlice: ["addressType", "endpoints", "ports"],
  ControllerRevision: ["data", "revision"],
  Role: ["rules"],
  ClusterRole: ["rules", "aggregationRule"],
  RoleBinding: ["subjects", "roleRef"],
  ClusterRoleBinding: ["subjects", "roleRef"],
  StorageClass: [
    "provisioner",
    "parameters",
    "reclaimPolicy",
    "mountOptions",
    "allowVolumeExpansion",
    "volumeBindingMode",
    "allowedTopologies",
  ],
  PriorityClass: ["value", "globalDefault", "description", "preemptionPolicy"],
  ValidatingWebhookConfiguration: ["webhooks"],
  MutatingWebhookConfiguration: ["webhooks"],
};

/** Whether a built-in kind has this top-level member; Events of two versions have too many to list. */
export function knowsMember(kind: string, name: string): boolean {
  if (["apiVersion", "kind", "metadata"].includes(name) || kind === "Event") return true;
  return (members[kind] ?? ["spec", "status"]).includes(name);
}

import type { Kind, PrinterColumn, ScalePaths } from "./kind.ts";

const everyVerb = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
const age: PrinterColumn = { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" };

interface Row {
  gv: string;
  resource: string;
  kind: string;
  cluster?: boolean;
  short?: string;
  categories?: string;
  status?: boolean;
  scale?: boolean;
  generation?: boolean;
  verbs?: string[];
  more?: Kind["subresources"];
  columns?: string;
  storeKey?: string;
}

const scalePaths: ScalePaths = {
  specReplicasPath: ".spec.replicas",
  statusReplicasPath: ".status.replicas",
  labelSelectorPath: ".status.selector",
};

/** Subresources nothing answers here, for discovery; a request for one is 404. */
const proxyVerbs = ["create", "delete", "get", "patch", "update"];
const streamVerbs = ["create", "get"];
const partVerbs = ["get", "patch", "update"];

function sub(name: string, kind: string, verbs: string[]): Kind["subresources"][number] {
  return { name, kind, verbs };
}

const workloads = { status: true, generation: true, categories: "all" };

const eventColumns =
  "Last Seen=#lastSeen|Type=.type|Reason=.reason|Object=#involved|Subobject=.involvedObject.fieldPath:string:wide|Source=#source:string:wide|Message=.message|First Seen=#firstSeen:string:wide|Count=.count:string:wide|Name=.metadata.name:string:wide";

/** `Name=jsonPath[:type[:wide]]`, separated by `|`; Name and Age are there unless the columns name Name. */
const rows: Row[] = [
  { gv: "v1", resource: "configmaps", kind: "ConfigMap", short: "cm", columns: "Data=#data" },
  { gv: "v1", resource: "endpoints", kind: "Endpoints", short: "ep" },
  {
    gv: "v1",
    resource: "events",
    kind: "Event",
    short: "ev",
    columns: eventColumns,
  },
  { gv: "v1", resource: "limitranges", kind: "LimitRange", short: "limits" },
  {
    gv: "v1",
    resource: "namespaces",
    kind: "Namespace",
    cluster: true,
    short: "ns",
    status: true,
    verbs: everyVerb.filter((verb) => verb !== "deletecollection"),
    more: [{ name: "finalize", kind: "Namespace", verbs: ["update"] }],
    columns: "Status=.status.phase",
  },
  {
    gv: "v1",
    resource: "nodes",
    kind: "Node",
    cluster: true,
    short: "no",
    status: true,
    more: [sub("proxy", "NodeProxyOptions", proxyVerbs)],
    columns: "Status=#ready|Roles=#roles|Version=.status.nodeInfo.kubeletVersion",
  },
  { gv: "v1", resource: "persistentvolumeclaims", kind: "PersistentVolumeClaim", short: "pvc", status: true },
  {
    gv: "v1",
    resource: "persistentvolumes",
    kind: "PersistentVolume",
    cluster: true,
    short: "pv",
    status: true,
  },
  {
    gv: "v1",
    resource: "pods",
    kind: "Pod",
    short: "po",
    categories: "all",
    status: true,
    generation: true,
    more: [
      sub("attach", "PodAttachOptions", streamVerbs),
      sub("binding", "Binding", ["create"]),
      sub("ephemeralcontainers", "Pod", partVerbs),
      { ...sub("eviction", "Eviction", ["create"]), group: "policy", version: "v1" },
      sub("exec", "PodExecOptions", streamVerbs),
      sub("log", "Pod", ["get"]),
      sub("portforward", "PodPortForwardOptions", streamVerbs),
      sub("proxy", "PodProxyOptions", proxyVerbs),
      sub("resize", "Pod", partVerbs),
    ],
    columns: "Ready=#containers|Status=.status.phase|Restarts=#restarts:integer",
  },
  { gv: "v1", resource: "resourcequotas", kind: "ResourceQuota", short: "quota", status: true },
  { gv: "v1", resource: "secrets", kind: "Secret", columns: "Type=.type|Data=#data:integer" },
  {
    gv: "v1",
    resource: "serviceaccounts",
    kind: "ServiceAccount",
    short: "sa",
    more: [
      {
        name: "token",
        kind: "TokenRequest",
        group: "authentication.k8s.io",
        version: "v1",
        verbs: ["create"],
      },
    ],
  },
  {
    gv: "v1",
    resource: "services",
    kind: "Service",
    short: "svc",
    categories: "all",
    status: true,
    columns: "Type=.spec.type|Cluster-IP=.spec.clusterIP",
  },
  { gv: "apps/v1", resource: "controllerrevisions", kind: "ControllerRevision" },
  {
    gv: "apps/v1",
    resource: "daemonsets",
    kind: "DaemonSet",
    short: "ds",
    ...workloads,
    columns: "Desired=.status.desiredNumberScheduled:integer|Ready=.status.numberReady:integer",
  },
  {
    gv: "apps/v1",
    resource: "deployments",
    kind: "Deployment",
    short: "deploy",
    scale: true,
    ...workloads,
    columns:
      "Ready=#replicas|Up-to-date=.status.updatedReplicas:integer|Available=.status.availableReplicas:integer",
  },
  {
    gv: "apps/v1",
    resource: "replicasets",
    kind: "ReplicaSet",
    short: "rs",
    scale: true,
    ...workloads,
    columns:
      "Desired=.spec.replicas:integer|Current=.status.replicas:integer|Ready=.status.readyReplicas:integer",
  },
  {
    gv: "apps/v1",
    resource: "statefulsets",
    kind: "StatefulSet",
    short: "sts",
    scale: true,
    ...workloads,
    columns: "Ready=#replicas",
  },
  {
    gv: "batch/v1",
    resource: "cronjobs",
    kind: "CronJob",
    short: "cj",
    ...workloads,
    columns: "Schedule=.spec.schedule",
  },
  {
    gv: "batch/v1",
    resource: "jobs",
    kind: "Job",
    ...workloads,
    columns: "Completions=.status.succeeded:integer",
  },
  {
    gv: "autoscaling/v2",
    resource: "horizontalpodautoscalers",
    kind: "HorizontalPodAutoscaler",
    short: "hpa",
    categories: "all",
    status: true,
  },
  {
    gv: "policy/v1",
    resource: "poddisruptionbudgets",
    kind: "PodDisruptionBudget",
    short: "pdb",
    status: true,
    generation: true,
  },
  {
    gv: "networking.k8s.io/v1",
    resource: "ingresses",
    kind: "Ingress",
    short: "ing",
    status: true,
    generation: true,
  },
  {
    gv: "networking.k8s.io/v1",
    resource: "ingressclasses",
    kind: "IngressClass",
    cluster: true,
    generation: true,
  },
  {
    gv: "networking.k8s.io/v1",
    resource: "networkpolicies",
    kind: "NetworkPolicy",
    short: "netpol",
    generation: true,
  },
  { gv: "rbac.authorization.k8s.io/v1", resource: "clusterroles", kind: "ClusterRole", cluster: true },
  {
    gv: "rbac.authorization.k8s.io/v1",
    resource: "clusterrolebindings",
    kind: "ClusterRoleBinding",
    cluster: true,
    columns: "Role=#role",
  },
  { gv: "rbac.authorization.k8s.io/v1", resource: "roles", kind: "Role" },
  {
    gv: "rbac.authorization.k8s.io/v1",
    resource: "rolebindings",
    kind: "RoleBinding",
    columns: "Role=#role",
  },
  { gv: "coordination.k8s.io/v1", resource: "leases", kind: "Lease", columns: "Holder=.spec.holderIdentity" },
  { gv: "discovery.k8s.io/v1", resource: "endpointslices", kind: "EndpointSlice" },
  {
    gv: "scheduling.k8s.io/v1",
    resource: "priorityclasses",
    kind: "PriorityClass",
    cluster: true,
    short: "pc",
  },
  {
    gv: "storage.k8s.io/v1",
    resource: "storageclasses",
    kind: "StorageClass",
    cluster: true,
    short: "sc",
    columns: "Provisioner=.provisioner",
  },
  {
    gv: "events.k8s.io/v1",
    resource: "events",
    kind: "Event",
    short: "ev",
    storeKey: "/events",
    columns: eventColumns,
  },
  {
    gv: "apiextensions.k8s.io/v1",
    resource: "customresourcedefinitions",
    kind: "CustomResourceDefinition",
    cluster: true,
    short: "crd,crds",
    categories: "api-extensions",
    status: true,
    generation: true,
    columns: "Created At=.metadata.creationTimestamp",
  },
  {
    gv: "admissionregistration.k8s.io/v1",
    resource: "validatingadmissionpolicies",
    kind: "ValidatingAdmissionPolicy",
    cluster: true,
    categories: "api-extensions",
    status: true,
    generation: true,
  },
  {
    gv: "admissionregistration.k8s.io/v1",
    resource: "validatingadmissionpolicybindings",
    kind: "ValidatingAdmissionPolicyBinding",
    cluster: true,
    categories: "api-extensions",
    generation: true,
    columns: "PolicyName=.spec.policyName",
  },
  {
    gv: "admissionregistration.k8s.io/v1",
    resource: "validatingwebhookconfigurations",
    kind: "ValidatingWebhookConfiguration",
    cluster: true,
    categories: "api-extensions",
    generation: true,
  },
  {
    gv: "admissionregistration.k8s.io/v1",
    resource: "mutatingwebhookconfigurations",
    kind: "MutatingWebhookConfiguration",
    cluster: true,
    categories: "api-extensions",
    generation: true,
  },
];

function columnsOf(text: string | undefined): PrinterColumn[] {
  const columns = (text ?? "")
    .split("|")
    .filter((column) => column !== "")
    .map((column) => {
      const [name = "", rest = ""] = column.split("=");
      const [jsonPath = "", type = "string", wide] = rest.split(":");
      return { name, type, jsonPath, ...(wide === undefined ? {} : { priority: 1 }) };
    });
  return columns.some((column) => column.name === "Name") ? columns : [...columns, age];
}

function kindOf(row: Row): Kind {
  const slash = row.gv.indexOf("/");
  const group = slash < 0 ? "" : row.gv.slice(0, slash);
  const version = row.gv.slice(slash + 1);
  return {
    group,
    resource: row.resource,
    singular: row.kind.toLowerCase(),
    kind: row.kind,
    listKind: `${row.kind}List`,
    namespaced: row.cluster !== true,
    shortNames: row.short?.split(",") ?? [],
    categories: row.categories?.split(",") ?? [],
    verbs: row.verbs ?? everyVerb,
    subresources: row.more ?? [],
    versions: [
      {
        name: version,
        served: true,
        columns: columnsOf(row.columns),
        status: row.status === true,
        ...(row.scale === true ? { scale: scalePaths } : {}),
      },
    ],
    storageVersion: version,
    custom: false,
    hasGeneration: row.generation === true,
    storeKey: row.storeKey ?? `${group}/${row.resource}`,
  };
}

/** The kinds every cluster serves from its first moment. */
export const builtinKinds: Kind[] = rows.map((row) => kindOf(row));

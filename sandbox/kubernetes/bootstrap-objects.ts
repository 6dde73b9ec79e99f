import { randomUUID } from "node:crypto";
import type { KubeObject } from "./kube-object.ts";
import type { JsonObject } from "./json.ts";
import type { ObjectStore } from "./store/object-store.ts";

const rbac = "rbac.authorization.k8s.io";

const openPaths = ["/healthz", "/livez", "/readyz", "/version", "/version/"];
const discoveryPaths = [
  "/api",
  "/api/*",
  "/apis",
  "/apis/*",
  "/healthz",
  "/livez",
  "/openapi",
  "/openapi/*",
  "/readyz",
  "/version",
  "/version/",
];
const reads = ["get", "list", "watch"];
const writes = [...reads, "create", "update", "patch", "delete", "deletecollection"];

const namespaced = [
  {
    apiGroups: [""],
    resources: [
      "configmaps",
      "endpoints",
      "events",
      "persistentvolumeclaims",
      "pods",
      "pods/log",
      "pods/status",
      "services",
      "services/status",
      "serviceaccounts",
      "limitranges",
      "resourcequotas",
    ],
  },
  {
    apiGroups: ["apps"],
    resources: [
      "daemonsets",
      "deployments",
      "deployments/scale",
      "replicasets",
      "replicasets/scale",
      "statefulsets",
      "statefulsets/scale",
    ],
  },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"] },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"] },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"] },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"] },
];

const roles: Record<string, JsonObject> = {
  "cluster-admin": {
    rules: [
      { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
      { nonResourceURLs: ["*"], verbs: ["*"] },
    ],
  },
  admin: {
    rules: [
      ...namespaced.map((rule) => ({ ...rule, verbs: writes })),
      { apiGroups: [""], resources: ["secrets"], verbs: writes },
      { apiGroups: [rbac], resources: ["roles", "rolebindings"], verbs: writes },
    ],
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [`${rbac}/aggregate-to-admin`]: "true" } }] },
  },
  edit: {
    rules: [
      ...namespaced.map((rule) => ({ ...rule, verbs: writes })),
      { apiGroups: [""], resources: ["secrets"], verbs: writes },
    ],
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [`${rbac}/aggregate-to-edit`]: "true" } }] },
  },
  view: {
    rules: namespaced.map((rule) => ({ ...rule, verbs: reads })),
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [`${rbac}/aggregate-to-view`]: "true" } }] },
  },
  "system:discovery": { rules: [{ verbs: ["get"], nonResourceURLs: discoveryPaths }] },
  "system:public-info-viewer": { rules: [{ verbs: ["get"], nonResourceURLs: openPaths }] },
  "system:basic-user": {
    rules: [
      {
        verbs: ["create"],
        apiGroups: ["authorization.k8s.io"],
        resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
      },
      { verbs: ["create"], apiGroups: ["authentication.k8s.io"], resources: ["selfsubjectreviews"] },
    ],
  },
};

const bindings: Record<string, string[]> = {
  "cluster-admin": ["system:masters"],
  "system:discovery": ["system:authenticated"],
  "system:public-info-viewer": ["system:authenticated", "system:unauthenticated"],
  "system:basic-user": ["system:authenticated"],
};

function object(
  apiVersion: string,
  kind: string,
  name: string,
  rest: JsonObject,
  labels?: Record<string, string>,
): KubeObject {
  const creationTimestamp = `${new Date().toISOString().slice(0, 19)}Z`;
  const metadata = { name, uid: randomUUID(), creationTimestamp, ...(labels ? { labels } : {}) };
  return { apiVersion, kind, metadata, ...rest };
}

/** What an API server makes at its first start: namespaces and the roles everybody builds on. */
export function createBootstrapObjects(store: ObjectStore): void {
  for (const name of ["default", "kube-node-lease", "kube-public", "kube-system"]) {
    const rest = { spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } };
    store.put("/namespaces", object("v1", "Namespace", name, rest, { "kubernetes.io/metadata.name": name }));
  }
  const labels = { "kubernetes.io/bootstrapping": "rbac-defaults" };
  for (const [name, rest] of Object.entries(roles)) {
    store.put(`${rbac}/clusterroles`, object(`${rbac}/v1`, "ClusterRole", name, rest, labels));
  }
  for (const [name, groups] of Object.entries(bindings)) {
    const subjects = groups.map((group) => ({ kind: "Group", apiGroup: rbac, name: group }));
    const roleRef = { apiGroup: rbac, kind: "ClusterRole", name };
    store.put(
      `${rbac}/clusterrolebindings`,
      object(`${rbac}/v1`, "ClusterRoleBinding", name, { subjects, roleRef }, labels),
    );
  }
}

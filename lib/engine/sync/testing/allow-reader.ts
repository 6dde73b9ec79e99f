import { kindOf } from "../../../../sandbox/controllers/runtime/kind.ts";
import type { KubeClient } from "../../../../sandbox/controllers/runtime/kube-client.ts";

const rbac = "rbac.authorization.k8s.io";
const role = kindOf(`${rbac}/v1`, "ClusterRole", "clusterroles", false);
const binding = kindOf(`${rbac}/v1`, "ClusterRoleBinding", "clusterrolebindings", false);

/** Lets the account `reader` read these and nothing else, as if its role were of an older release. */
export async function allowReader(client: KubeClient, resources: string[]): Promise<void> {
  await client.apply(role, {
    apiVersion: `${rbac}/v1`,
    kind: "ClusterRole",
    metadata: { name: "reader" },
    rules: [{ apiGroups: ["*"], resources, verbs: ["get", "list", "watch"] }],
  });
  await client.apply(binding, {
    apiVersion: `${rbac}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name: "reader" },
    roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "reader" },
    subjects: [{ kind: "User", apiGroup: rbac, name: "reader" }],
  });
}

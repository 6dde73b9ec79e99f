import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseAllDocuments } from "yaml";
import { kindOf } from "../../../../sandbox/controllers/runtime/kind.ts";
import type { KubeClient } from "../../../../sandbox/controllers/runtime/kube-client.ts";
import type { Unstructured } from "../../../../sandbox/controllers/runtime/objects.ts";

const folder = resolve(import.meta.dirname, "../../../../deploy/rbac");
const rbac = "rbac.authorization.k8s.io/v1";
const admission = "admissionregistration.k8s.io/v1";
const kinds = [
  kindOf("v1", "ServiceAccount", "serviceaccounts"),
  kindOf(rbac, "ClusterRole", "clusterroles", false),
  kindOf(rbac, "ClusterRoleBinding", "clusterrolebindings", false),
  kindOf(rbac, "Role", "roles"),
  kindOf(rbac, "RoleBinding", "rolebindings"),
  kindOf(admission, "ValidatingAdmissionPolicy", "validatingadmissionpolicies", false),
  kindOf(admission, "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", false),
];

/** Applies one of the manifests we ship below deploy/rbac, just as it is, with the cluster's name filled in. */
export async function applyRbac(client: KubeClient, file: string, cluster = ""): Promise<void> {
  const text = readFileSync(resolve(folder, file), "utf8").replaceAll("${CLUSTER_NAME}", cluster);
  for (const document of [...parseAllDocuments(text)]) {
    const object = document.toJS() as Unstructured;
    const kind = kinds.find((each) => each.kind === object.kind);
    if (!kind) throw new Error(`deploy/rbac/${file} has a kind this test does not know: ${object.kind}`);
    await client.apply(kind, object);
  }
}

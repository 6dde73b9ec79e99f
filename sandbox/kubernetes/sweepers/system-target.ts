import type { ApiCluster } from "../api-cluster.ts";
import type { Kind } from "../kinds/kind.ts";
import { apiVersionOf } from "../kinds/kind.ts";
import type { Target, WriteOptions } from "../verbs/target.ts";

/** A target for what kube-controller-manager's controllers do, under their own name. */
export function systemTarget(cluster: ApiCluster, kind: Kind, controller: string): Target | undefined {
  const version = kind.versions.find((candidate) => candidate.name === kind.storageVersion);
  if (!version) return undefined;
  return {
    cluster,
    user: {
      username: `system:serviceaccount:kube-system:${controller}`,
      groups: ["system:serviceaccounts", "system:serviceaccounts:kube-system", "system:authenticated"],
    },
    kind,
    version,
    apiVersion: apiVersionOf(kind.group, version.name),
    namespace: undefined,
    name: undefined,
    subresource: "",
  };
}

export function systemOptions(manager: string): WriteOptions {
  return {
    dryRun: false,
    manager,
    fieldValidation: "Ignore",
    force: false,
    duplicates: [],
    warn: () => undefined,
  };
}

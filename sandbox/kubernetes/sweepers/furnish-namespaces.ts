import { randomUUID } from "node:crypto";
import type { ApiCluster } from "../api-cluster.ts";
import type { JsonObject } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";
import type { Change } from "../store/object-store.ts";
import { timestamp } from "../verbs/create-object.ts";

/** Every namespace has a ServiceAccount `default` and the CA bundle (recorded with the real controllers). */
export function furnishNamespaces(cluster: ApiCluster, serverAuthority: string): (change: Change) => void {
  const furnish = (namespace: string) => {
    const { store } = cluster;
    if (store.get("/namespaces", undefined, namespace)?.object.metadata.deletionTimestamp !== undefined)
      return;
    const object = (kind: string, name: string, rest: JsonObject): KubeObject => {
      const metadata = { name, namespace, uid: randomUUID(), creationTimestamp: timestamp() };
      return { apiVersion: "v1", kind, metadata, ...rest };
    };
    if (!store.get("/serviceaccounts", namespace, "default")) {
      store.put("/serviceaccounts", object("ServiceAccount", "default", {}));
    }
    const bundle = "kube-root-ca.crt";
    if (!store.get("/configmaps", namespace, bundle)) {
      store.put("/configmaps", object("ConfigMap", bundle, { data: { "ca.crt": serverAuthority } }));
    }
  };
  return (change) => {
    if (change.storeKey !== "/namespaces" || change.type !== "ADDED") return;
    const { name } = change.now.object.metadata;
    queueMicrotask(() => {
      furnish(name);
    });
  };
}

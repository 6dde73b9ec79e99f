import type { ApiCluster } from "../api-cluster.ts";
import { isObject, listOf, objectOf, textOf } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";

const crdKey = "apiextensions.k8s.io/customresourcedefinitions";

/** Serves the kinds of a cluster's CRDs from the moment they are stored, as long as they are stored. */
export function serveCrds(cluster: ApiCluster): void {
  for (const { object } of cluster.store.list(crdKey)) cluster.kinds.define(object);
  cluster.store.listen((change) => {
    if (change.storeKey !== crdKey) return;
    const { object } = change.now;
    if (change.type === "DELETED") withdraw(cluster, object);
    else {
      cluster.kinds.define(object);
      if (objectOf(object["status"])["acceptedNames"] === undefined)
        queueMicrotask(() => {
          establish(cluster, object.metadata.name);
        });
    }
  });
}

function withdraw(cluster: ApiCluster, crd: KubeObject): void {
  const spec = objectOf(crd["spec"]);
  const group = textOf(spec["group"]);
  const resource = textOf(objectOf(spec["names"])["plural"]);
  const storeKey = `${group}/${resource}`;
  for (const { object } of [...cluster.store.list(storeKey)]) cluster.store.remove(storeKey, object);
  cluster.kinds.remove(group, resource);
}

/** The conditions the apiextensions controllers write. */
function establish(cluster: ApiCluster, name: string): void {
  const stored = cluster.store.get(crdKey, undefined, name);
  if (!stored || objectOf(stored.object["status"])["acceptedNames"] !== undefined) return;
  const { object } = stored;
  const spec = objectOf(object["spec"]);
  const lastTransitionTime = `${new Date().toISOString().slice(0, 19)}Z`;
  const versions = listOf(spec["versions"]).filter(isObject);
  const status = {
    conditions: [
      {
        lastTransitionTime,
        message: "no conflicts found",
        reason: "NoConflicts",
        status: "True",
        type: "NamesAccepted",
      },
      {
        lastTransitionTime,
        message: "the initial names have been accepted",
        reason: "InitialNamesAccepted",
        status: "True",
        type: "Established",
      },
    ],
    acceptedNames: spec["names"] ?? {},
    storedVersions: versions
      .filter((version) => version["storage"] === true)
      .map((version) => textOf(version["name"])),
  };
  cluster.store.put(crdKey, { ...object, metadata: { ...object.metadata }, status });
}

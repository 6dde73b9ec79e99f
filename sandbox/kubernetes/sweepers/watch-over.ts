import type { ApiCluster } from "../api-cluster.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { furnishNamespaces } from "./furnish-namespaces.ts";
import { sweepNamespaces } from "./sweep-namespaces.ts";

/** What kube-controller-manager does on a real cluster, as far as others rely on it. */
export function watchOver(cluster: ApiCluster, serverAuthority: string): void {
  const duties = [
    sweepNamespaces(cluster),
    collectGarbage(cluster),
    furnishNamespaces(cluster, serverAuthority),
  ];
  cluster.store.listen((change) => {
    for (const duty of duties) duty(change);
  });
}

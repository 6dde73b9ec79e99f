import type { Management } from "../capi/management.ts";
import { KUBECONFIG_SECRETS, kubeconfigOf } from "../capi/workload-clients.ts";
import { connectionOf } from "../runtime/connection-of.ts";
import { kinds } from "../runtime/kind.ts";
import type { Unstructured } from "../runtime/objects.ts";

/** Where the kubeconfig in a cluster's Secret leads; undefined while there is none. */
export function endpointOf(
  management: Management,
  cluster: Unstructured,
): { host: string; port: number } | undefined {
  const { name, namespace } = cluster.metadata;
  const secrets = management.informers.of(kinds.secret, KUBECONFIG_SECRETS);
  const kubeconfig = kubeconfigOf(secrets.get(`${name}-kubeconfig`, namespace));
  if (kubeconfig === undefined) return undefined;
  const url = new URL(connectionOf(kubeconfig).server);
  return { host: url.hostname, port: Number(url.port) || 443 };
}

import { z } from "zod";
import type { KubeClient } from "./client.ts";
import { KubeApiError } from "./api-error.ts";
import type { Connection } from "./connection.ts";
import { connectionFromSecret } from "./parse-kubeconfig.ts";

const secretSchema = z.object({ data: z.object({ value: z.string() }) });

/**
 * Connection to a workload cluster from Cluster API's `<name>-kubeconfig` Secret, which we may get by name only
 * (decisions §5). Null while there is no such Secret. Throws KubeApiError; reason "Unreadable" where the Secret
 * holds no kubeconfig we use.
 */
export async function workloadConnection(
  management: KubeClient,
  { namespace, name }: { namespace: string; name: string },
  signal?: AbortSignal,
): Promise<Connection | null> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(`${name}-kubeconfig`)}`;
  let secret: unknown;
  try {
    secret = await management.get(path, signal);
  } catch (error) {
    if (error instanceof KubeApiError && error.status === 404) return null;
    throw error;
  }
  try {
    return connectionFromSecret(
      Buffer.from(secretSchema.parse(secret).data.value, "base64").toString("utf8"),
    );
  } catch {
    // The parser's own text might quote the kubeconfig.
    throw new KubeApiError(0, "Unreadable", `Secret ${name}-kubeconfig holds no kubeconfig that can be used`);
  }
}

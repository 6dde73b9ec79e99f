import { createHash } from "node:crypto";
import { z } from "zod";
import { KubeApiError } from "./api-error.ts";
import type { KubeClient } from "./client.ts";

const secretSchema = z.object({ data: z.object({ value: z.string() }) });

/** A cluster's kubeconfig as Cluster API left it. */
export interface WorkloadSecret {
  text: string;
  /** Changes when the credentials or the address do. */
  hash: string;
}

/**
 * Reads Cluster API's `<name>-kubeconfig` Secret, which we may get by name only (decisions §5). Null while there is
 * no such Secret. Throws KubeApiError; reason "Unreadable" where it has no kubeconfig in it.
 */
export async function readWorkloadSecret(
  management: KubeClient,
  { namespace, name }: { namespace: string; name: string },
  signal?: AbortSignal,
): Promise<WorkloadSecret | null> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(`${name}-kubeconfig`)}`;
  let secret: unknown;
  try {
    secret = await management.get(path, signal);
  } catch (error) {
    if (error instanceof KubeApiError && error.status === 404) return null;
    throw error;
  }
  const parsed = secretSchema.safeParse(secret);
  if (!parsed.success) throw unreadable(name);
  const text = Buffer.from(parsed.data.data.value, "base64").toString("utf8");
  return { text, hash: createHash("sha256").update(text).digest("hex") };
}

/** The parser's own text might quote the kubeconfig, so none of it is passed on. */
export function unreadable(name: string): KubeApiError {
  return new KubeApiError(0, "Unreadable", `Secret ${name}-kubeconfig holds no kubeconfig that can be used`);
}

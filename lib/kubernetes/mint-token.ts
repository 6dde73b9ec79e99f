import { z } from "zod";
import { KubeApiError } from "./api-error.ts";
import type { KubeClient } from "./client.ts";

const answerSchema = z.object({
  status: z.object({ token: z.string().min(1), expirationTimestamp: z.string() }),
});

/** The read-only account that the fleet layout gives every workload cluster (decisions §5). */
const account = { namespace: "flux-system", name: "fleetwright" };
const lifeSeconds = 3_600;

export interface MintedToken {
  token: string;
  /** For how long it is good, by the word of the server that made it. */
  lifeMs: number;
}

/**
 * A token of the cluster's read-only ServiceAccount. Throws KubeApiError, with a sentence of ours while Flux has not
 * made the account.
 */
export async function mintToken(admin: KubeClient, signal?: AbortSignal): Promise<MintedToken> {
  const path = `/api/v1/namespaces/${account.namespace}/serviceaccounts/${account.name}/token`;
  const body = {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { expirationSeconds: lifeSeconds },
  };
  try {
    const { status } = answerSchema.parse(await admin.post(path, body, signal));
    const left = Date.parse(status.expirationTimestamp) - Date.now();
    // A server may grant less. Should its clock or ours be wrong, a short life only means asking again sooner.
    const lifeMs = Math.min(lifeSeconds * 1_000, Math.max(60_000, Number.isNaN(left) ? 0 : left));
    return { token: status.token, lifeMs };
  } catch (error) {
    if (error instanceof KubeApiError && error.status === 404) {
      const text = `the cluster has no ServiceAccount ${account.namespace}/${account.name} yet`;
      throw new KubeApiError(404, "NoAccount", text, { cause: error });
    }
    if (error instanceof KubeApiError) throw error;
    throw new KubeApiError(500, "Unreadable", "the answer to TokenRequest has no token");
  }
}

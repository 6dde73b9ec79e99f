import { KubeClient } from "./client.ts";
import type { Connection } from "./connection.ts";
import { mintToken } from "./mint-token.ts";
import { connectionFromSecret } from "./parse-kubeconfig.ts";
import { readWorkloadSecret, unreadable, type WorkloadSecret } from "./workload-secret.ts";

export interface OpenWorkloadOptions {
  management: KubeClient;
  cluster: { namespace: string; name: string };
  /** `token`: the admin kubeconfig serves for TokenRequest only, and is forgotten after it. */
  access: "token" | "kubeconfig";
  deadlineMs: number;
  /** Milliseconds that only ever grow; a token's age is told by it. */
  ticks?: () => number;
}

/** A way to one workload cluster. */
export interface OpenWorkload {
  connection: Connection;
  /**
   * Looks at the Secret again and renews the token when it is half spent. False: credentials or address are others
   * now, so this connection is over. Throws KubeApiError; the connection stays as it is then.
   */
  renew: (signal?: AbortSignal) => Promise<boolean>;
}

/**
 * Opens a connection to a workload cluster by its kubeconfig Secret. Null while there is no such Secret. Throws
 * KubeApiError; reason "Unreadable" where the Secret holds no kubeconfig we use.
 */
export async function openWorkload(
  options: OpenWorkloadOptions,
  signal?: AbortSignal,
): Promise<OpenWorkload | null> {
  const { management, cluster, access, ticks = () => performance.now() } = options;
  const secret = await readWorkloadSecret(management, cluster, signal);
  if (secret === null) return null;
  let minted = access === "token" ? await mintFrom(secret, options, signal) : null;
  const admin = parse(secret, cluster.name, access === "kubeconfig");
  const connection: Connection =
    minted === null
      ? admin
      : { ...admin, headers: () => Promise.resolve({ authorization: `Bearer ${minted?.token ?? ""}` }) };
  const { hash } = secret;
  return {
    connection,
    renew: async (during) => {
      const now = await readWorkloadSecret(management, cluster, during);
      if (now?.hash !== hash) return false;
      if (minted !== null && ticks() > minted.renewAt) minted = await mintFrom(now, options, during);
      return true;
    },
  };
}

async function mintFrom(
  secret: WorkloadSecret,
  { cluster, deadlineMs, ticks = () => performance.now() }: OpenWorkloadOptions,
  signal?: AbortSignal,
) {
  const admin = parse(secret, cluster.name, true);
  try {
    const { token, lifeMs } = await mintToken(new KubeClient(admin, { deadlineMs }), signal);
    return { token, renewAt: ticks() + lifeMs / 2 };
  } finally {
    await admin.close().catch(() => undefined);
  }
}

function parse({ text }: WorkloadSecret, name: string, identity: boolean): Connection {
  try {
    return connectionFromSecret(text, { identity });
  } catch {
    throw unreadable(name);
  }
}

import { connectionOf } from "../runtime/connection-of.ts";
import type { Informer } from "../runtime/informer.ts";
import { kinds } from "../runtime/kind.ts";
import { KubeClient } from "../runtime/kube-client.ts";
import { log } from "../runtime/log.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { CLUSTER_NAME_LABEL } from "./kinds.ts";
import type { Management } from "./management.ts";
import { textAt } from "./read.ts";

/** Selection under which kubeconfig Secrets are watched. */
export const KUBECONFIG_SECRETS = { labelSelector: CLUSTER_NAME_LABEL } as const;

/**
 * Clients of the workload clusters, one for each `<name>-kubeconfig` Secret on the management cluster; made on first
 * use, and anew when the Secret's content changes.
 */
export class WorkloadClients {
  readonly #secrets: Informer;
  readonly #fieldManager: string;
  readonly #timeoutMs: number;
  readonly #clients = new Map<string, { kubeconfig: string; client: KubeClient }>();

  constructor(management: Management, fieldManager: string, timeoutMs = 5_000) {
    this.#secrets = management.informers.of(kinds.secret, KUBECONFIG_SECRETS);
    this.#fieldManager = fieldManager;
    this.#timeoutMs = timeoutMs;
  }

  /** The client of a cluster; undefined while it has no (readable) kubeconfig. */
  of(namespace: string, cluster: string): KubeClient | undefined {
    const key = `${namespace}/${cluster}`;
    const kubeconfig = kubeconfigOf(this.#secrets.get(`${cluster}-kubeconfig`, namespace));
    const known = this.#clients.get(key);
    if (known !== undefined && known.kubeconfig === kubeconfig) return known.client;
    if (known !== undefined) {
      this.#clients.delete(key);
      void known.client.close();
    }
    if (kubeconfig === undefined) return undefined;
    try {
      const options = { fieldManager: this.#fieldManager, timeoutMs: this.#timeoutMs };
      const client = new KubeClient(connectionOf(kubeconfig), options);
      this.#clients.set(key, { kubeconfig, client });
      return client;
    } catch (error) {
      log.warn({ cluster: key, error: String(error) }, "kubeconfig not readable");
      return undefined;
    }
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    const clients = [...this.#clients.values()];
    this.#clients.clear();
    await Promise.all(clients.map(({ client }) => client.close()));
  }
}

/** The kubeconfig in a Secret as Cluster API writes it. */
export function kubeconfigOf(secret: Unstructured | undefined): string | undefined {
  const value = textAt(secret, "data", "value");
  return value === undefined ? undefined : Buffer.from(value, "base64").toString("utf8");
}

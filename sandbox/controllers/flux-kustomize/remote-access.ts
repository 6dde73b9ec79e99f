import { createHash } from "node:crypto";
import { isNotFound } from "../runtime/api-error.ts";
import { connectionOf } from "../runtime/connection-of.ts";
import { kinds } from "../runtime/kind.ts";
import { KubeClient } from "../runtime/kube-client.ts";
import { ClusterAccess } from "./cluster-access.ts";
import { FIELD_MANAGER } from "./field-manager.ts";
import type { Kustomization } from "./kustomization.ts";
import { ReconcileError, messageOf } from "./reconcile-error.ts";

interface Remote {
  hash: string;
  access: ClusterAccess;
}

/** Connections to the clusters that `spec.kubeConfig` leads to; kept while the Secret says the same. */
export class RemoteAccesses {
  readonly #local: ClusterAccess;
  readonly #timeoutMs: number;
  readonly #remotes = new Map<string, Remote>();

  constructor(local: ClusterAccess, timeoutMs: number) {
    this.#local = local;
    this.#timeoutMs = timeoutMs;
  }

  /** Where a Kustomization is applied; ReconcileError in Flux's words when its Secret is no good. */
  async of(kustomization: Kustomization): Promise<ClusterAccess> {
    const reference = kustomization.spec.kubeConfig?.secretRef;
    if (reference === undefined) return this.#local;
    const { namespace } = kustomization;
    const text = await this.#kubeconfig(namespace, reference.name, reference.key);
    const key = `${namespace}/${reference.name}`;
    const hash = createHash("sha256").update(text).digest("hex");
    const known = this.#remotes.get(key);
    if (known?.hash === hash) return known.access;
    await known?.access.client.close();
    const connection = parsed(text);
    const client = new KubeClient(connection, { fieldManager: FIELD_MANAGER, timeoutMs: this.#timeoutMs });
    const access = new ClusterAccess(client);
    this.#remotes.set(key, { hash, access });
    return access;
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await Promise.all([...this.#remotes.values()].map(({ access }) => access.client.close()));
    this.#remotes.clear();
  }

  async #kubeconfig(namespace: string, name: string, wanted: string | undefined): Promise<string> {
    try {
      const secret = await this.#local.client.get(kinds.secret, name, namespace);
      const data = (secret.data ?? {}) as Record<string, string>;
      const text = wanted === undefined ? (data.value ?? data["value.yaml"]) : data[wanted];
      if (text !== undefined) return Buffer.from(text, "base64").toString("utf8");
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await this.#forget(`${namespace}/${name}`);
      throw failed(`unable to read KubeConfig secret '${namespace}/${name}' error: ${messageOf(error)}`);
    }
    const missing =
      wanted === undefined
        ? "does not contain a 'value' key with a kubeconfig, nor a 'value.yaml' key"
        : `does not contain a '${wanted}' key with a kubeconfig`;
    throw failed(`KubeConfig secret '${namespace}/${name}' ${missing}`);
  }

  async #forget(key: string): Promise<void> {
    const known = this.#remotes.get(key);
    this.#remotes.delete(key);
    await known?.access.client.close();
  }
}

function parsed(text: string): ReturnType<typeof connectionOf> {
  try {
    return connectionOf(text);
  } catch (error) {
    throw failed(messageOf(error));
  }
}

function failed(message: string): ReconcileError {
  const options = { conditionMessage: message };
  return new ReconcileError("ReconciliationFailed", `failed to build kube client: ${message}`, options);
}

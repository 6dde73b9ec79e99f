import { createPublicKey, randomBytes, X509Certificate } from "node:crypto";
import type { KubernetesUser } from "../contracts.ts";
import type { ApiCluster } from "./api-cluster.ts";
import { createBootstrapObjects } from "./bootstrap-objects.ts";
import { KindRegistry } from "./kinds/kind-registry.ts";
import { serveCrds } from "./kinds/serve-crds.ts";
import { createAuthority, issueClient } from "./pki.ts";
import type { Credential } from "./pki.ts";
import type { ClusterRecord, Persistence } from "./store/persistence.ts";
import { ObjectStore } from "./store/object-store.ts";

export interface HostedCluster {
  api: ApiCluster;
  record: ClusterRecord;
}

/** The API servers of one process: the management cluster and the workload clusters. */
export class ClusterSet {
  readonly #clusters = new Map<string, HostedCluster>();
  readonly #pending = new Map<string, Promise<HostedCluster>>();
  readonly #users: KubernetesUser[];
  readonly #persistence: Persistence | undefined;
  readonly #watchOver: ((cluster: ApiCluster) => void) | undefined;

  constructor(
    users: KubernetesUser[],
    persistence: Persistence | undefined,
    watchOver: ((cluster: ApiCluster) => void) | undefined,
  ) {
    this.#users = users;
    this.#persistence = persistence;
    this.#watchOver = watchOver;
  }

  get(namespace: string, name: string): HostedCluster | undefined {
    return this.#clusters.get(`${namespace}/${name}`);
  }

  workloads(): ApiCluster[] {
    return [...this.#clusters.values()].map((hosted) => hosted.api).filter((api) => api.name !== "");
  }

  /** Makes the cluster unless it is there; the same cluster keeps its CA. */
  async ensure(namespace: string, name: string, version?: string): Promise<HostedCluster> {
    const id = `${namespace}/${name}`;
    const existing = this.#clusters.get(id);
    if (existing) {
      if (version !== undefined && version !== existing.api.version) {
        existing.api.version = version;
        existing.record.version = version;
        this.#persistence?.saveCluster(existing.record);
      }
      return existing;
    }
    let pending = this.#pending.get(id);
    if (!pending) {
      pending = this.#create(namespace, name, version ?? "v1.34.5").finally(() => this.#pending.delete(id));
      this.#pending.set(id, pending);
    }
    return pending;
  }

  async #create(namespace: string, name: string, version: string): Promise<HostedCluster> {
    const authority = await createAuthority(name === "" ? "kubernetes" : `${name}-ca`);
    const admin: Credential = await issueClient(
      authority,
      name === "" ? "kubernetes-admin" : `${name}-admin`,
      ["system:masters"],
    );
    const tokenKey = randomBytes(32).toString("base64");
    const record: ClusterRecord = { namespace, name, version, authority, admin, tokenKey };
    this.#persistence?.saveCluster(record);
    const hosted = this.#host(record, new ObjectStore(this.#persistence?.sinkFor(`${namespace}/${name}`)));
    createBootstrapObjects(hosted.api.store);
    hosted.api.store.forget(hosted.api.store.revision);
    return hosted;
  }

  /** Brings back a cluster that was read from disk. */
  restore(record: ClusterRecord, store: ObjectStore): HostedCluster {
    return this.#host(record, store);
  }

  #host(record: ClusterRecord, store: ObjectStore): HostedCluster {
    const management = record.name === "";
    const api: ApiCluster = {
      namespace: record.namespace,
      name: record.name,
      store,
      kinds: new KindRegistry(),
      clientAuthority: record.authority,
      clientAuthorityKey: createPublicKey(
        new X509Certificate(record.authority.certificate).publicKey.export({ format: "pem", type: "spki" }),
      ),
      tokenKey: record.tokenKey,
      users: management ? this.#users : [],
      fault: { kind: "none" },
      // Without controllers there are no webhooks either: a bare API server.
      webhooks: this.#watchOver !== undefined,
      version: record.version,
    };
    serveCrds(api);
    this.#watchOver?.(api);
    const hosted = { api, record };
    this.#clusters.set(`${record.namespace}/${record.name}`, hosted);
    return hosted;
  }

  remove(namespace: string, name: string): void {
    if (!this.#clusters.delete(`${namespace}/${name}`)) return;
    this.#persistence?.removeCluster(namespace, name);
  }
}

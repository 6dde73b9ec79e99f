import { stringify } from "yaml";
import type { ApiFault } from "../../contracts.ts";
import { hasFault } from "../faults.ts";
import { kinds } from "../runtime/kind.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { controllerRef } from "../runtime/objects.ts";
import { CLUSTER_NAME_LABEL } from "./kinds.ts";
import type { Management } from "./management.ts";
import { listAt, textAt } from "./read.ts";

/** Makes and removes workload API servers for the providers, and hands out their kubeconfig as Cluster API does. */
export class WorkloadApi {
  readonly #management: Management;
  readonly #faults = new Map<string, ApiFault["kind"]>();
  readonly #ensured = new Set<string>();
  #known: Promise<void> | undefined;

  constructor(management: Management) {
    this.#management = management;
  }

  /** Makes the cluster's API server if needed; answers its endpoint. */
  async make(cluster: Unstructured, version?: string): Promise<{ host: string; port: number }> {
    return endpointOf(await this.#put(cluster, version));
  }

  /**
   * As `make`, and writes the kubeconfig Secret, owned by the control plane, when there is none or when it leads
   * elsewhere. Asked once for each cluster, and again whenever the Secret is missing.
   */
  async ensure(cluster: Unstructured, controlPlane: Unstructured, version?: string): Promise<void> {
    const { name, namespace = "" } = cluster.metadata;
    const key = `${namespace}/${name}`;
    const stored = this.#management.informers.of(kinds.secret, SECRETS).get(`${name}-kubeconfig`, namespace);
    if (stored !== undefined && this.#ensured.has(key)) return;
    const secret = kubeconfigSecret(cluster, controlPlane, await this.#put(cluster, version));
    if (textAt(stored, "data", "value") !== textAt(secret, "data", "value"))
      await this.#management.client.apply(kinds.secret, secret);
    this.#ensured.add(key);
  }

  /** Lets the API server reset connections while the fault is asked for. */
  async syncFault(cluster: Unstructured, ...others: (Unstructured | undefined)[]): Promise<void> {
    await (this.#known ??= this.#learn());
    const { name, namespace = "" } = cluster.metadata;
    const key = `${namespace}/${name}`;
    const wanted = hasFault("api-unreachable", cluster, ...others) ? "reset" : "none";
    if ((this.#faults.get(key) ?? "none") === wanted) return;
    const path = `/sandbox/clusters/${key}/fault`;
    await this.#management.client.raw({ method: "PUT", path, body: { kind: wanted } });
    this.#faults.set(key, wanted);
  }

  /** Removes the API server with all its objects, and the kubeconfig Secret. */
  async remove(namespace: string, name: string): Promise<void> {
    const { client } = this.#management;
    await client.raw({ method: "DELETE", path: `/sandbox/clusters/${namespace}/${name}` });
    await client.delete(kinds.secret, `${name}-kubeconfig`, namespace);
    this.#faults.delete(`${namespace}/${name}`);
    this.#ensured.delete(`${namespace}/${name}`);
  }

  async #put(cluster: Unstructured, version: string | undefined): Promise<unknown> {
    const { name, namespace = "" } = cluster.metadata;
    const path = `/sandbox/clusters/${namespace}/${name}`;
    return this.#management.client.raw({ method: "PUT", path, body: { version } });
  }

  /** Faults outlive this process. */
  async #learn(): Promise<void> {
    const all = await this.#management.client.raw({ method: "GET", path: "/sandbox/clusters" });
    for (const each of listAt(all)) {
      const key = `${textAt(each, "namespace") ?? ""}/${textAt(each, "name") ?? ""}`;
      const kind = textAt(each, "fault", "kind");
      if (kind === "reset") this.#faults.set(key, kind);
    }
  }
}

function endpointOf(made: unknown): { host: string; port: number } {
  const server = new URL(textAt(made, "server") ?? "");
  return { host: server.hostname, port: Number(server.port) || 443 };
}

const SECRETS = { labelSelector: CLUSTER_NAME_LABEL } as const;

/** The Secret `<name>-kubeconfig`, owned by the control plane. */
function kubeconfigSecret(cluster: Unstructured, controlPlane: Unstructured, made: unknown): Unstructured {
  const { name, namespace } = cluster.metadata;
  const user = `${name}-admin`;
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name,
        cluster: {
          "certificate-authority-data": textAt(made, "certificateAuthorityData"),
          server: textAt(made, "server"),
        },
      },
    ],
    contexts: [{ name: `${user}@${name}`, context: { cluster: name, user } }],
    "current-context": `${user}@${name}`,
    preferences: {},
    users: [
      {
        name: user,
        user: {
          "client-certificate-data": textAt(made, "clientCertificateData"),
          "client-key-data": textAt(made, "clientKeyData"),
        },
      },
    ],
  };
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: `${name}-kubeconfig`,
      namespace,
      labels: { [CLUSTER_NAME_LABEL]: name },
      ownerReferences: [controllerRef(controlPlane)],
    },
    type: "cluster.x-k8s.io/secret",
    data: { value: Buffer.from(stringify(config)).toString("base64") },
  };
}

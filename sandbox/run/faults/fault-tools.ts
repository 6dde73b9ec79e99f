import { readFileSync } from "node:fs";
import { connectionOf } from "../../controllers/runtime/connection-of.ts";
import { KubeClient } from "../../controllers/runtime/kube-client.ts";
import type { Demo } from "./demo-file.ts";

/** A field manager that is not kubectl's: Flux takes away what kubectl leaves on its objects. */
const fieldManager = "sandbox";
const timeoutMs = 20_000;

/** What faults are done with: the demo's servers, as its administrator. */
export class FaultTools {
  readonly demo: Demo;
  /** The management cluster. */
  readonly hub: KubeClient;
  readonly #kubeconfig: string;
  readonly #workloads = new Map<string, KubeClient>();

  constructor(demo: Demo) {
    this.demo = demo;
    this.#kubeconfig = readFileSync(demo.kubeconfig, "utf8");
    this.hub = new KubeClient(connectionOf(this.#kubeconfig), { fieldManager });
  }

  /** A workload cluster. @throws Error when the kubeconfig has no such context. */
  workload(cluster: string): KubeClient {
    const client =
      this.#workloads.get(cluster) ??
      new KubeClient(connectionOf(this.#kubeconfig, cluster), { fieldManager });
    this.#workloads.set(cluster, client);
    return client;
  }

  /** The forge's control endpoint. @throws Error with its words when it refuses. */
  control(method: string, path: string, body: unknown = null): Promise<unknown> {
    return ask(`${this.demo.forge.url}/_sandbox/${path}`, method, body, {});
  }

  /** The forge's REST API of the fleet repository and below, as its administrator. @throws Error as `control`. */
  repository(method: string, path = "", body: unknown = null): Promise<unknown> {
    const { api, repository } = this.demo.forge;
    const token = this.demo.people.find(({ login }) => login === "root-admin")?.token;
    if (token === undefined) throw new Error("demo.json tells of no root-admin");
    return ask(`${api}/repos/${repository}${path === "" ? "" : `/${path}`}`, method, body, {
      authorization: `Bearer ${token}`,
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.hub, ...this.#workloads.values()].map((client) => client.close()));
  }
}

async function ask(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: body === null ? headers : { ...headers, "content-type": "application/json" },
    body: body === null ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${String(response.status)} ${text}`);
  return text === "" ? null : (JSON.parse(text) as unknown);
}

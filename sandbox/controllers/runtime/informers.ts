import { Informer } from "./informer.ts";
import type { Kind } from "./kind.ts";
import type { KubeClient, ListOptions } from "./kube-client.ts";

/** The informers of one API server: controllers that look at the same kind share one watch. */
export class Informers {
  readonly client: KubeClient;
  readonly #all = new Map<string, Informer>();

  constructor(client: KubeClient) {
    this.client = client;
  }

  /** The running informer for a kind and selection; made on first use. */
  of(kind: Kind, options: ListOptions = {}): Informer {
    const key = JSON.stringify([kind.group, kind.version, kind.plural, options]);
    const known = this.#all.get(key);
    if (known !== undefined) return known;
    const informer = new Informer(this.client, kind, options).start();
    this.#all.set(key, informer);
    return informer;
  }

  /** Ends all watches. */
  async close(): Promise<void> {
    await Promise.all([...this.#all.values()].map((informer) => informer.close()));
  }
}

import type { Probe } from "./cluster-facts.ts";
import type { WorkloadClients } from "./workload-clients.ts";

/** How often a workload API is asked, and for how long it may be silent. */
export interface ProbeSettings {
  /** 10 s unless told, as Cluster API's cluster cache. */
  intervalMs: number;
  /** 50 s unless told, as `--remote-connection-grace-period`. */
  graceMs: number;
  /** After which silence nothing said of Nodes counts: 5 min unless told, as `--remote-conditions-grace-period`. */
  conditionsGraceMs: number;
}

export const probeDefaults: ProbeSettings = {
  intervalMs: 10_000,
  graceMs: 50_000,
  conditionsGraceMs: 300_000,
};

/** Until the first answer a new API server is asked this often. */
const FIRST_MS = 1_000;

interface Contact {
  lastSuccess: number | undefined;
  /** The verdict told last; only a new one is told again. */
  told: Probe;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Asks each workload API server for its version now and then, with the cluster's own kubeconfig. Callers are told
 * only when the verdict changes.
 */
export class Prober {
  readonly #clients: WorkloadClients;
  readonly settings: ProbeSettings;
  readonly #onChange: (namespace: string, cluster: string) => void;
  readonly #contacts = new Map<string, Contact>();
  #closed = false;

  constructor(
    clients: WorkloadClients,
    settings: ProbeSettings,
    onChange: (namespace: string, cluster: string) => void,
  ) {
    this.#clients = clients;
    this.settings = settings;
    this.#onChange = onChange;
  }

  /** The verdict so far; begins to ask if nobody did. `lastSuccess` is what an earlier process knew. */
  probe(namespace: string, cluster: string, lastSuccess?: Date): Probe {
    const key = `${namespace}/${cluster}`;
    const known = this.#contacts.get(key);
    // The verdict of the last answer, not of now: what is told and what is asked for must agree.
    if (known !== undefined) return known.told;
    const contact: Contact = {
      lastSuccess: lastSuccess?.getTime(),
      told: verdict({ lastSuccess: lastSuccess?.getTime() }, this.settings, Date.now()),
      timer: undefined,
    };
    this.#contacts.set(key, contact);
    this.#ask(namespace, cluster, contact);
    return contact.told;
  }

  /** Stops asking a cluster that is gone. */
  forget(namespace: string, cluster: string): void {
    const key = `${namespace}/${cluster}`;
    clearTimeout(this.#contacts.get(key)?.timer);
    this.#contacts.delete(key);
  }

  /** Stops all. */
  close(): void {
    this.#closed = true;
    for (const contact of this.#contacts.values()) clearTimeout(contact.timer);
    this.#contacts.clear();
  }

  #ask(namespace: string, cluster: string, contact: Contact): void {
    void this.#once(namespace, cluster, contact).then(() => {
      if (this.#closed || this.#contacts.get(`${namespace}/${cluster}`) !== contact) return;
      const before = contact.told.state;
      contact.told = verdict(contact, this.settings, Date.now());
      if (contact.told.state !== before) this.#onChange(namespace, cluster);
      const rest = contact.lastSuccess === undefined ? FIRST_MS : this.settings.intervalMs;
      contact.timer = setTimeout(
        () => {
          this.#ask(namespace, cluster, contact);
        },
        Math.min(rest, this.settings.intervalMs),
      );
    });
  }

  async #once(namespace: string, cluster: string, contact: Contact): Promise<void> {
    try {
      const client = this.#clients.of(namespace, cluster);
      if (client === undefined) return;
      await client.raw({ method: "GET", path: "/version" });
      contact.lastSuccess = Date.now();
    } catch {
      // Any failure is the answer; how long it has lasted decides.
    }
  }
}

/** The verdict on a contact: silence counts only after the grace period. */
export function verdict(
  contact: { lastSuccess: number | undefined },
  settings: ProbeSettings,
  now: number,
): Probe {
  if (contact.lastSuccess === undefined) return { state: "never" };
  return now - contact.lastSuccess > settings.graceMs
    ? { state: "failed", lastSuccess: new Date(contact.lastSuccess) }
    : { state: "succeeded", at: new Date(contact.lastSuccess) };
}

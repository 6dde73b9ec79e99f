import { readCoreCluster } from "../../domain/capi/core-cluster.ts";
import { objectKey, type KubeObject } from "../../domain/kube-object.ts";
import type { KubeClient } from "../../kubernetes/client.ts";
import type { SyncSettings } from "./options.ts";
import { WorkloadSession, type Contact } from "./workload-session.ts";

export interface WorkloadSessionsOptions {
  management: KubeClient;
  settings: Pick<SyncSettings, "workloadAccess" | "timings" | "now">;
  onChange: (namespace: string) => void;
}

/** One session per readable workload cluster, as clusters come and go. */
export class WorkloadSessions {
  readonly #options: WorkloadSessionsOptions;
  readonly #sessions = new Map<string, WorkloadSession>();

  constructor(options: WorkloadSessionsOptions) {
    this.#options = options;
  }

  get(key: string): WorkloadSession | undefined {
    return this.#sessions.get(key);
  }

  /** When each cluster last answered, by its key. */
  lastSeen(): [key: string, at: Date][] {
    return [...this.#sessions].flatMap(([key, { lastSeenAt }]) =>
      lastSeenAt ? [[key, lastSeenAt] satisfies [string, Date]] : [],
    );
  }

  /** How many clusters answer us, and how many do not. */
  contacts(): Map<Contact["state"], number> {
    const counts = new Map<Contact["state"], number>();
    for (const { contact } of this.#sessions.values())
      counts.set(contact.state, (counts.get(contact.state) ?? 0) + 1);
    return counts;
  }

  /** Opens what is missing for these Cluster objects and closes what is no longer there. */
  keep(clusters: readonly KubeObject[]): void {
    const { management, settings, onChange } = this.#options;
    const access = settings.workloadAccess;
    const readable = access === "none" ? [] : clusters.filter(hasApi);
    const wanted = new Set(readable.map(objectKey));
    for (const [key, session] of this.#sessions) {
      if (wanted.has(key)) continue;
      session.close();
      this.#sessions.delete(key);
    }
    if (access === "none") return;
    const spreadMs = Math.min(5_000, 10 * (wanted.size - this.#sessions.size));
    for (const key of wanted) {
      if (this.#sessions.has(key)) continue;
      const [namespace = "", name = ""] = key.split("/");
      const session = new WorkloadSession({
        management,
        cluster: { namespace, name },
        access,
        startDelayMs: Math.random() * spreadMs,
        timings: settings.timings,
        now: settings.now,
        onChange: () => {
          onChange(namespace);
        },
      });
      this.#sessions.set(key, session);
    }
  }

  close(): void {
    for (const session of this.#sessions.values()) session.close();
    this.#sessions.clear();
  }
}

/** Is there an API server to read, or soon to be? */
function hasApi(cluster: KubeObject): boolean {
  const { controlPlaneInitialized, endpoint } = readCoreCluster(cluster);
  return controlPlaneInitialized || endpoint;
}

import type { KubeObject } from "../../domain/kube-object.ts";
import type { FluxData } from "../../db/inventory-rows.ts";
import type { Fleet } from "./fleet.ts";
import type { KindBook } from "./kind-book.ts";
import type { ObjectCache } from "./object-cache.ts";
import type { SyncSettings } from "./options.ts";
import { projectCluster } from "./project-cluster.ts";
import { projectFlux } from "./project-flux.ts";
import type { Projection } from "./projection.ts";
import { clusterKey, fluxKey, type ClusterRecord } from "./records.ts";
import { allFlux, fluxKinds, sourceRevisionFrom } from "./sources.ts";
import type { WorkloadSessions } from "./workload-sessions.ts";

export interface ProjectorOptions {
  settings: SyncSettings;
  managementClusterId: string;
  cache: ObjectCache;
  book: KindBook;
  fleet: Fleet;
  workloads: WorkloadSessions;
}

/** Brings together what the API servers, Git and our own rows say of each cluster. */
export class Projector {
  /** Rows as last written: of each cluster, and of Flux objects that belong to none. */
  records = new Map<string, ClusterRecord>();
  shared = new Map<string, FluxData>();
  readonly #options: ProjectorOptions;

  constructor(options: ProjectorOptions) {
    this.#options = options;
  }

  /** Clusters that exist anywhere: live, in Git, in a pull request, or in our rows and not yet buried. */
  keys(): string[] {
    const { cache, fleet } = this.#options;
    const keys = new Set(cache.all("Cluster").map(({ metadata }) => clusterKey(metadata)));
    for (const key of fleet.git?.keys() ?? []) keys.add(key);
    for (const key of fleet.requests.keys()) keys.add(key);
    for (const [key, { row }] of this.records) if (row.deletedAt === null) keys.add(key);
    return [...keys];
  }

  /** The cluster's rows as they should be; null, and a line in the log, for one we cannot make sense of. */
  project(key: string, now: Date): Projection | null {
    // It must not hold up the others.
    try {
      return this.#project(key, now);
    } catch (error) {
      this.#options.settings.logger.error({ err: error, cluster: key }, "a cluster could not be projected");
      return null;
    }
  }

  /** Flux objects outside the clusters' namespaces: the management cluster's own. */
  projectShared(now: Date): Map<string, FluxData> {
    const { cache, book, managementClusterId } = this.#options;
    const owned = new Set(this.keys().map((key) => key.split("/")[0]));
    const objects = allFlux(cache).filter(({ metadata }) => !owned.has(metadata.namespace));
    const rows = projectFlux(
      objects,
      { managementClusterId, clusterId: null, home: "management" },
      { previous: this.shared, sourceRevision: sourceRevisionFrom(cache), now },
    );
    return new Map([...unreadRows(this.shared, book.unread), ...rows.map(keyed)]);
  }

  /** What the database has of the cluster that these rows are of. */
  known({ row }: ClusterRecord): ClusterRecord | null {
    return this.records.get(clusterKey(row)) ?? null;
  }

  /** Takes rows as written. A buried cluster has no Flux objects any more. */
  remember(record: ClusterRecord): void {
    const kept = record.row.deletedAt === null ? record : { ...record, flux: new Map<string, FluxData>() };
    this.records.set(clusterKey(record.row), kept);
  }

  #project(key: string, now: Date): Projection {
    const { settings, managementClusterId, cache, book, fleet, workloads } = this.#options;
    const [namespace = "", name = ""] = key.split("/");
    const session = workloads.get(key);
    return projectCluster({
      managementClusterId,
      identity: { namespace, name },
      previous: this.records.get(key) ?? null,
      object: cache.find("Cluster", namespace, name),
      near: {
        find: (kind, other) => cache.find(kind, namespace, other),
        list: (kind) => cache.list(kind, namespace),
      },
      managementFlux: this.#fluxOf(namespace, name),
      unread: book.unread,
      stale: book.stale,
      blind: book.blind,
      unreadable: [
        ...book.unreadable.map((one) => ({ home: "management" as const, ...one })),
        ...(session?.book.unreadable ?? []).map((one) => ({ home: "workload" as const, ...one })),
      ],
      workload: session
        ? {
            synced: session.synced,
            missingRules: session.synced ? session.book.missingRules() : null,
            unread: session.book.unread,
            flux: allFlux(session.cache),
            deployments: session.cache.all("Deployment"),
            nodes: session.cache.all("Node"),
            contact: session.contact,
          }
        : null,
      git: fleet.git === null ? undefined : (fleet.git.get(key) ?? null),
      request: fleet.requests.get(key) ?? null,
      managementSource: sourceRevisionFrom(cache),
      workloadSource: session ? sourceRevisionFrom(session.cache) : () => null,
      position: (sha) => settings.git.position(sha),
      headPosition: fleet.headPosition,
      now,
    });
  }

  /** Flux objects of a cluster's namespace; the label decides where several clusters share one. */
  #fluxOf(namespace: string, name: string): KubeObject[] {
    return fluxKinds
      .flatMap((kind) => this.#options.cache.list(kind, namespace))
      .filter(({ metadata }) => (metadata.labels["fleetwright.dev/cluster"] ?? name) === name);
  }
}

const keyed = (row: FluxData): [string, FluxData] => [fluxKey(row), row];

/** Rows of kinds that we may not read now: what they last were. */
function unreadRows(rows: ReadonlyMap<string, FluxData>, unread: ReadonlySet<string>): [string, FluxData][] {
  return [...rows].filter(([, { kind }]) => unread.has(kind));
}

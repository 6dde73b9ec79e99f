import { readCoreCluster } from "../../domain/capi/core-cluster.ts";
import { shaOfRevision } from "../../domain/flux/revision.ts";
import { kindsOf, type KindRow } from "../../domain/kinds.ts";
import { objectKey, type KubeObject } from "../../domain/kube-object.ts";
import { firstCommits, loadInventory } from "../../db/load-inventory.ts";
import { writeInventory, writeLastSeen } from "../../db/inventory.ts";
import type { FluxData } from "../../db/inventory-rows.ts";
import { LeadershipLost, writeHeartbeat } from "../../db/management-clusters.ts";
import { KubeClient } from "../../kubernetes/client.ts";
import { addDifference, diffFlux, emptyChanges, isEmpty } from "./batch.ts";
import { Fleet } from "./fleet.ts";
import { followApi, type Following } from "./follow-api.ts";
import { readFluxObject } from "../../domain/flux/read-flux-object.ts";
import { milestonesOf } from "./milestones.ts";
import { ObjectCache } from "./object-cache.ts";
import type { Running, SyncSettings } from "./options.ts";
import { projectCluster, type Projection } from "./project-cluster.ts";
import { projectFlux } from "./project-flux.ts";
import { fluxKey, recordsOf, type ClusterRecord } from "./records.ts";
import { allFlux, fluxKinds, isSource, sourceRevisionFrom } from "./sources.ts";
import { Loop } from "./loop.ts";
import { WorkloadSession } from "./workload-session.ts";

export interface ReignOptions {
  settings: SyncSettings;
  managementClusterId: string;
  epoch: bigint;
  /** Called once when another engine has taken over. */
  onLost: () => void;
}

/** The work of one leader: follows one management cluster and its workloads until it is closed or deposed. */
export class Reign implements Running {
  readonly #options: ReignOptions;
  readonly #stop = new AbortController();
  readonly #cache = new ObjectCache();
  readonly #fleet = new Fleet();
  readonly #workloads = new Map<string, WorkloadSession>();
  readonly #client: KubeClient;
  readonly #loops: Loop[] = [];
  readonly #flush: Loop;
  readonly #dirty = new Set<string>();
  #everything = true;
  #records = new Map<string, ClusterRecord>();
  #shared = new Map<string, FluxData>();
  #milestones = new Set<string>();
  #api: Following | null = null;
  #syncedAt: Date | null = null;
  #missed = 0;
  #contact: { at: Date | null; error: string | null } = { at: null, error: null };
  #told: { error: string | null; synced: boolean } | null = null;
  #stopGit: (() => void) | null = null;

  constructor(options: ReignOptions) {
    this.#options = options;
    const { timings, management } = options.settings;
    this.#client = new KubeClient(management.connection, { deadlineMs: timings.deadlineMs });
    this.#flush = new Loop({
      everyMs: timings.tickMs,
      debounceMs: timings.debounceMs,
      run: () => this.#write(),
      onError: this.#fail,
    });
  }

  /** Takes over the inventory, then starts to follow. Throws where the database does not answer. */
  async start(): Promise<void> {
    const { settings, managementClusterId } = this.#options;
    const { timings, git, now } = settings;
    const inventory = await loadInventory(settings.db, managementClusterId);
    const { records, shared } = recordsOf(inventory);
    this.#records = records;
    this.#shared = shared;
    this.#milestones = inventory.milestones;
    this.#fleet.readGit(settings);
    await this.#fleet.readRequests(settings);
    this.#stopGit = git.onChange(() => {
      this.#fleet.readGit(settings);
      this.#touchAll();
    });
    this.#api = followApi({
      client: this.#client,
      kinds: kindsOf("management"),
      cache: this.#cache,
      timings,
      signal: this.#stop.signal,
      now,
      onChange: (kind, objects) => {
        this.#touch(kind, objects);
      },
      onMissed: (count) => (this.#missed += count),
      onKindError: (kind, error) => {
        settings.logger.warn(
          { kind: kind.kind, status: error.status, reason: error.message },
          "cannot follow a kind",
        );
      },
      onAnswer: (at) => (this.#contact = { at, error: null }),
      onFailure: ({ error }) => (this.#contact = { ...this.#contact, error: error.message }),
    });
    this.#loops.push(
      this.#flush,
      new Loop({ everyMs: timings.heartbeatMs, run: () => this.#beat(), onError: this.#fail }),
      new Loop({ everyMs: timings.requestsMs, run: () => this.#readRequests(), onError: this.#fail }),
    );
    this.#flush.poke();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#stopGit?.();
    for (const session of this.#workloads.values()) session.close();
    this.#workloads.clear();
    await Promise.all(this.#loops.map((loop) => loop.close()));
  }

  readonly #fail = (error: unknown): void => {
    if (this.#stop.signal.aborted) return;
    if (error instanceof LeadershipLost) {
      this.#options.onLost();
      return;
    }
    this.#options.settings.logger.error(
      { err: error },
      "the inventory could not be written; everything is tried again",
    );
    this.#everything = true;
    this.#flush.pokeLater(2_000);
  };

  #touch(kind: KindRow, objects: readonly KubeObject[]): void {
    if (isSource(kind.kind) || objects.length === 0) {
      this.#touchAll();
      return;
    }
    for (const { metadata } of objects) this.#dirty.add(metadata.namespace);
    this.#flush.poke();
  }

  #touchAll(): void {
    this.#everything = true;
    this.#flush.poke();
  }

  async #readRequests(): Promise<void> {
    const touched = await this.#fleet.readRequests(this.#options.settings);
    for (const key of touched) this.#dirty.add(key.split("/")[0] ?? "");
    if (touched.size > 0) this.#flush.poke();
  }

  /** Projects what was touched and writes what differs. Nothing is written before every kind was listed. */
  async #write(): Promise<void> {
    if (!this.#api?.synced()) return;
    const { settings, managementClusterId, epoch } = this.#options;
    const now = settings.now();
    const namespaces = this.#everything ? null : new Set(this.#dirty);
    // Every tick looks at everything again, for some states depend on time alone.
    const all = namespaces === null || namespaces.size === 0;
    this.#everything = false;
    this.#dirty.clear();
    const keys = this.#keys().filter((key) => all || namespaces.has(key.split("/")[0] ?? ""));
    this.#keepSessions();
    const changes = emptyChanges();
    const projections = keys.flatMap((key) => this.#tryProject(key, now) ?? []);
    for (const { record } of projections) addDifference(changes, this.#known(record), record);
    const shared = this.#projectShared(now);
    if (diffFlux(changes, this.#shared, shared))
      changes.notify.push({ topic: "flux", id: managementClusterId });
    changes.milestones = await this.#newMilestones(projections, now);
    if (!isEmpty(changes)) await writeInventory(settings.db, { ...changes, managementClusterId, epoch });
    for (const { record } of projections) this.#remember(record);
    for (const { clusterId, uid, step } of changes.milestones)
      this.#milestones.add(`${clusterId}|${uid}|${step}`);
    for (const { clusterId } of changes.ended) this.#forgetMilestones(clusterId);
    this.#shared = shared;
    if (this.#syncedAt === null) {
      this.#syncedAt = now;
      await this.#beat();
    }
  }

  #known(record: ClusterRecord): ClusterRecord | null {
    return this.#records.get(`${record.row.namespace}/${record.row.name}`) ?? null;
  }

  #remember(record: ClusterRecord): void {
    const kept = record.row.deletedAt === null ? record : { ...record, flux: new Map<string, FluxData>() };
    this.#records.set(`${record.row.namespace}/${record.row.name}`, kept);
  }

  #forgetMilestones(clusterId: string): void {
    for (const key of this.#milestones) if (key.startsWith(`${clusterId}||`)) this.#milestones.delete(key);
  }

  /** Clusters that exist anywhere: live, in Git, in a pull request, or in our rows and not yet buried. */
  #keys(): string[] {
    const keys = new Set(
      this.#cache.all("Cluster").map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
    );
    for (const key of this.#fleet.git?.keys() ?? []) keys.add(key);
    for (const key of this.#fleet.requests.keys()) keys.add(key);
    for (const [key, { row }] of this.#records) if (row.deletedAt === null) keys.add(key);
    return [...keys];
  }

  /** One cluster we cannot make sense of must not hold up the others. */
  #tryProject(key: string, now: Date): Projection | null {
    try {
      return this.#project(key, now);
    } catch (error) {
      this.#options.settings.logger.error({ err: error, cluster: key }, "a cluster could not be projected");
      return null;
    }
  }

  #project(key: string, now: Date): Projection {
    const { settings, managementClusterId } = this.#options;
    const [namespace = "", name = ""] = key.split("/");
    const session = this.#workloads.get(key);
    return projectCluster({
      managementClusterId,
      identity: { namespace, name },
      previous: this.#records.get(key) ?? null,
      object: this.#cache.find("Cluster", namespace, name),
      near: {
        find: (kind, other) => this.#cache.find(kind, namespace, other),
        list: (kind) => this.#cache.list(kind, namespace),
      },
      managementFlux: this.#fluxOf(namespace, name),
      workload: session
        ? {
            synced: session.synced,
            flux: allFlux(session.cache),
            deployments: session.cache.all("Deployment"),
            contact: session.contact,
          }
        : null,
      git: this.#fleet.git === null ? undefined : (this.#fleet.git.get(key) ?? null),
      request: this.#fleet.requests.get(key) ?? null,
      managementSource: sourceRevisionFrom(this.#cache),
      workloadSource: session ? sourceRevisionFrom(session.cache) : () => null,
      position: (sha) => settings.git.position(sha),
      headPosition: this.#fleet.headPosition,
      now,
    });
  }

  /** Flux objects of a cluster's namespace; the label decides where several clusters share one. */
  #fluxOf(namespace: string, name: string): KubeObject[] {
    return fluxKinds
      .flatMap((kind) => this.#cache.list(kind, namespace))
      .filter(({ metadata }) => (metadata.labels["fleetwright.dev/cluster"] ?? name) === name);
  }

  #projectShared(now: Date): Map<string, FluxData> {
    const owned = new Set(this.#keys().map((key) => key.split("/")[0]));
    const objects = allFlux(this.#cache).filter(({ metadata }) => !owned.has(metadata.namespace));
    const rows = projectFlux(
      objects,
      { managementClusterId: this.#options.managementClusterId, clusterId: null, home: "management" },
      { previous: this.#shared, sourceRevision: sourceRevisionFrom(this.#cache), now },
    );
    return new Map(rows.map((row) => [fluxKey(row), row]));
  }

  async #newMilestones(projections: readonly Projection[], now: Date) {
    const { settings } = this.#options;
    const unmerged = projections.filter(
      ({ record: { row } }) =>
        row.inGit && ["merged", "fetched"].some((step) => !this.#milestones.has(`${row.id}||${step}`)),
    );
    const commits = await firstCommits(
      settings.db,
      unmerged.map(({ record }) => record.row.name),
    );
    return projections
      .filter(({ record }) => record.row.deletedAt === null)
      .flatMap((projection) => {
        const { row } = projection.record;
        const merged = row.inGit ? (commits.get(row.name) ?? null) : null;
        return milestonesOf({
          ...projection,
          merged,
          fetchedPosition: this.#fetchedPosition(projection),
          now,
        });
      })
      .filter(({ clusterId, uid, step }) => !this.#milestones.has(`${clusterId}|${uid}|${step}`));
  }

  /** How far the source of the Kustomization `cluster` has come; any source will do before that exists. */
  #fetchedPosition({ objects }: Projection): number | null {
    const { git } = this.#options.settings;
    const own = objects.find(({ role, home }) => role === "capi" && home === "management");
    const revision = own?.sourceKind
      ? sourceRevisionFrom(this.#cache)({
          kind: own.sourceKind,
          namespace: own.sourceNamespace ?? "",
          name: own.sourceName ?? "",
        })
      : null;
    const revisions = own
      ? [revision]
      : this.#cache.all("GitRepository").map((source) => readFluxObject(source).revision);
    const positions = revisions.flatMap((one) => {
      const sha = shaOfRevision(one);
      return sha === null ? [] : (git.position(sha) ?? []);
    });
    return positions.length === 0 ? null : Math.max(...positions);
  }

  /** One session per readable workload cluster, as clusters come and go. */
  #keepSessions(): void {
    const { settings } = this.#options;
    const readable =
      settings.workloadAccess === "kubeconfig" ? this.#cache.all("Cluster").filter(hasApi) : [];
    const wanted = new Set(readable.map(objectKey));
    for (const [key, session] of this.#workloads) {
      if (wanted.has(key)) continue;
      session.close();
      this.#workloads.delete(key);
    }
    for (const key of wanted) {
      if (this.#workloads.has(key)) continue;
      const [namespace = "", name = ""] = key.split("/");
      this.#workloads.set(
        key,
        new WorkloadSession({
          management: this.#client,
          cluster: { namespace, name },
          timings: settings.timings,
          now: settings.now,
          onChange: () => {
            this.#dirty.add(namespace);
            this.#flush.poke();
          },
        }),
      );
    }
  }

  /** Says that we are in touch, or not; pages call everything Unknown after two minutes of silence. */
  async #beat(): Promise<void> {
    const { settings, managementClusterId, epoch } = this.#options;
    const { at, error } = this.#contact;
    const synced = this.#syncedAt !== null;
    const news = this.#told?.error !== error || this.#told.synced !== synced;
    const missed = this.#missed;
    this.#missed = 0;
    await writeHeartbeat(
      settings.db,
      { id: managementClusterId, epoch, notify: news },
      { lastContactAt: at ?? undefined, contactError: error, syncedAt: this.#syncedAt ?? undefined, missed },
    );
    this.#told = { error, synced };
    const seen = [...this.#workloads].flatMap(([key, { lastSeenAt }]) => {
      const id = this.#records.get(key)?.row.id;
      return id && lastSeenAt ? [{ id, at: lastSeenAt.toISOString() }] : [];
    });
    await writeLastSeen(settings.db, seen);
  }
}

/** Is there an API server to read, or soon to be? */
function hasApi(cluster: KubeObject): boolean {
  const { controlPlaneInitialized, endpoint } = readCoreCluster(cluster);
  return controlPlaneInitialized || endpoint;
}

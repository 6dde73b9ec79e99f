import { isDeepStrictEqual } from "node:util";
import { readClusterFacts } from "../../domain/capi/read-cluster-facts.ts";
import { readDeployment } from "../../domain/cluster/read-deployment.ts";
import { readFluxObject, type FluxObjectFacts } from "../../domain/flux/read-flux-object.ts";
import type { KubeObject } from "../../domain/kube-object.ts";
import type { Inventory } from "../../db/load-inventory.ts";
import type { ObjectCache } from "./object-cache.ts";
import { clusterKey } from "./records.ts";
import { allFlux } from "./sources.ts";

/** One thing in which the inventory and the API servers disagree. */
export interface Difference {
  /** `Kind namespace/name`, with the cluster it lives on. */
  object: string;
  /** No row for an object, a row for none, or columns that say something else. */
  what: "missing" | "left over" | "different";
  columns: string[];
}

/** What each object should be in the inventory, as far as that hangs on the object alone and not on time. */
type Expected = Map<string, Record<string, unknown>>;

/**
 * Compares the inventory with fresh lists, object by object in both directions. It shares the readers of objects
 * with the engine, and nothing else: neither cache, nor memory, nor hashes.
 */
export function compareInventory(
  lists: { management: ObjectCache; workloads: ReadonlyMap<string, ObjectCache> },
  inventory: Inventory,
): Difference[] {
  const { management, workloads } = lists;
  const keyOfId = new Map(inventory.clusters.map((row) => [row.id, clusterKey(row)]));
  const expected: Expected = new Map();
  for (const object of management.all("Cluster")) expectCluster(expected, object, management);
  for (const object of allFlux(management)) expectFlux(expected, "management", object);
  for (const [key, cache] of workloads) {
    for (const object of allFlux(cache)) expectFlux(expected, key, object);
    for (const object of cache.all("Deployment")) {
      const { kind, namespace, name, ...rest } = readDeployment(object);
      expected.set(`${kind} ${namespace}/${name} on ${key}`, rest);
    }
  }
  const stored = new Map<string, Record<string, unknown>>();
  for (const row of inventory.clusters) if (row.live) stored.set(`Cluster ${clusterKey(row)}`, { ...row });
  for (const row of inventory.pools) {
    stored.set(`${row.kind} ${row.name} of ${keyOfId.get(row.clusterId) ?? "?"}`, { ...row });
  }
  for (const row of inventory.flux) {
    const home = row.home === "management" ? row.home : (keyOfId.get(row.clusterId ?? "") ?? "?");
    // What could not be read is known from before, and cannot be judged.
    if (home !== "management" && !workloads.has(home)) continue;
    stored.set(`${row.kind} ${row.namespace}/${row.name} on ${home}`, { ...row });
  }
  for (const row of inventory.workloads) {
    const home = keyOfId.get(row.clusterId) ?? "?";
    if (workloads.has(home)) stored.set(`${row.kind} ${row.namespace}/${row.name} on ${home}`, { ...row });
  }
  return differences(expected, stored);
}

function differences(expected: Expected, stored: Map<string, Record<string, unknown>>): Difference[] {
  const found: Difference[] = [];
  for (const [object, columns] of expected) {
    const row = stored.get(object);
    if (!row) {
      found.push({ object, what: "missing", columns: [] });
      continue;
    }
    const wrong = Object.keys(columns).filter((name) => !isDeepStrictEqual(columns[name], row[name]));
    if (wrong.length > 0) found.push({ object, what: "different", columns: wrong });
  }
  for (const object of stored.keys()) {
    if (!expected.has(object)) found.push({ object, what: "left over", columns: [] });
  }
  return found;
}

function expectCluster(expected: Expected, object: KubeObject, management: ObjectCache): void {
  const { namespace } = object.metadata;
  const facts = readClusterFacts(object, {
    find: (kind, name) => management.find(kind, namespace, name),
    list: (kind) => management.list(kind, namespace),
  });
  const key = clusterKey(facts);
  const { uid, desiredVersion, observedVersion, nodesReady, nodesDesired, ahead, provider } = facts;
  expected.set(`Cluster ${key}`, {
    ...{ uid, desiredVersion, observedVersion, nodesReady, nodesDesired, ahead, provider },
    deletedAt: null,
  });
  for (const pool of facts.pools) {
    const { kind, name, desired, ready, min, max, phase } = pool;
    expected.set(`${kind} ${name} of ${key}`, {
      desiredReplicas: desired,
      readyReplicas: ready,
      minReplicas: min,
      maxReplicas: max,
      desiredVersion: pool.desiredVersion,
      observedVersion: pool.observedVersion,
      phase,
    });
  }
}

function expectFlux(expected: Expected, home: string, object: KubeObject): void {
  const facts = readFluxObject(object);
  const { uid, apiVersion, role, suspended, path, dependsOn, revision, sha, inventory } = facts;
  expected.set(`${facts.kind} ${facts.namespace}/${facts.name} on ${home}`, {
    ...{ uid, apiVersion, role, suspended, path, dependsOn, revision, sha, inventory },
    ...(isSettled(facts) ? { reason: facts.ready?.reason, message: facts.ready?.message } : {}),
  });
}

/** Its last word is a result: what is stored must be just that. Under way, the result before it is kept. */
function isSettled({
  ready,
  reconcilingSince,
  observedGeneration,
  generation,
  deletingSince,
}: FluxObjectFacts) {
  if (ready === null || ready.status === "Unknown" || deletingSince !== null) return false;
  if (observedGeneration !== null && observedGeneration < generation) return false;
  return ready.status === "False" || reconcilingSince === null;
}

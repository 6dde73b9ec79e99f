import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { kinds } from "../../../sandbox/controllers/runtime/kind.ts";
import { KubeClient as TestClient } from "../../../sandbox/controllers/runtime/kube-client.ts";
import type { Unstructured } from "../../../sandbox/controllers/runtime/objects.ts";
import { loadCrds } from "../../../sandbox/crds/load-crds.ts";
import { startKubernetes } from "../../../sandbox/kubernetes/start-kubernetes.ts";
import { KubeClient } from "../../kubernetes/client.ts";
import { checkInventory } from "./check-inventory.ts";
import type { Missed } from "./metrics.ts";
import { noMetrics } from "./metrics.ts";
import { connectionTo, kindsUsed, kustomization, liveCluster, startSyncWorld } from "./testing/sync-world.ts";

let world: Awaited<ReturnType<typeof startSyncWorld>>;
let direct: KubeClient;
const missed: Missed[] = [];

const page = { limit: 1, continueFrom: "" };
const good = { status: "True", reason: "ReconciliationSucceeded" };
const bad = { status: "False", reason: "BuildFailed", message: "no" };
const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 25_000, interval: 50 });
/** The inventory is what a list says now, object by object. */
const equal = (management: KubeClient = direct) =>
  until(async () => {
    const { id } = await world.db.managementCluster.findFirstOrThrow();
    expect(await checkInventory({ db: world.db, managementClusterId: id, management })).toEqual([]);
  });
const sync = (name: string) =>
  world.db.fluxObject.findFirst({ where: { namespace: name }, select: { sync: true, since: true } });

beforeAll(async () => {
  world = await startSyncWorld();
  direct = new KubeClient(world.connect());
  for (const name of ["one", "two"]) {
    await world.namespace(name);
    await world.apply(liveCluster(name));
    await world.apply(kustomization("cluster", name, good));
  }
  world.sync({ metrics: { ...noMetrics, missed: (what) => missed.push(what) } });
  await equal();
});
afterAll(async () => {
  await direct.connection.close();
  await world.close();
});

test("watches cut in the middle of an event go on where they were, without a list", async () => {
  world.proxy.tear = 3;
  for (let round = 0; round < 6; round += 1) await world.apply(kustomization("cluster", "one", good));
  await world.apply(kustomization("cluster", "one", bad));
  await world.remove("kustomization", "cluster", "two");
  await equal();
  expect(world.proxy.tear).toBe(0);
  expect(await sync("one")).toMatchObject({ sync: "Failing" });
  expect(missed).toEqual([]);
});

test("events told twice change nothing", async () => {
  world.proxy.twice = true;
  await world.apply(kustomization("cluster", "two", good));
  await world.remove("kustomization", "cluster", "two");
  await world.apply(kustomization("cluster", "two", bad));
  await world.remove("cluster", "two", "two");
  await world.apply(liveCluster("two"));
  await equal();
  expect(await world.db.clusterIncarnation.count({ where: { cluster: { name: "two" } } })).toBe(2);
  world.proxy.twice = false;
});

test("bookmarks alone carry a quiet watch past a compaction", async () => {
  await equal();
  const { resourceVersion } = await direct.list("/apis/cluster.x-k8s.io/v1beta2/clusters", page);
  world.proxy.bookmark(resourceVersion);
  // An event behind the bookmarks on one watch; the others have nothing but them.
  await world.apply(kustomization("cluster", "one", good));
  await equal();
  const before = world.proxy.expired;
  world.proxy.compactedAt = Number(resourceVersion);
  world.proxy.cut();
  await world.apply(liveCluster("one", { ready: true }));
  await equal();
  expect(world.proxy.expired).toBe(before);
});

test("a compaction past what the watches had reached makes them list anew", async () => {
  world.proxy.down = true;
  world.proxy.cut();
  await world.apply(kustomization("cluster", "one", bad));
  await world.remove("cluster", "two", "two");
  const { resourceVersion } = await direct.list("/apis/cluster.x-k8s.io/v1beta2/clusters", page);
  world.proxy.compactedAt = Number(resourceVersion);
  const before = world.proxy.expired;
  world.proxy.down = false;
  await equal();
  expect(world.proxy.expired).toBeGreaterThan(before);
});

test("an API server whose clock is an hour ahead, or behind, is read as it is", async () => {
  for (const hours of [1, -1]) {
    const at = new Date(Date.now() + hours * 3_600_000).toISOString();
    const skewed = kustomization("cluster", "one", good);
    const ready = { ...bad, type: "Ready", lastTransitionTime: at };
    await world.apply({ ...skewed, status: { ...(skewed["status"] as object), conditions: [ready] } });
    await equal();
    await until(async () => expect(await sync("one")).toMatchObject({ sync: "Failing" }));
    const row = await world.db.cluster.findFirstOrThrow({ where: { name: "one" } });
    expect(row).toMatchObject({ word: "Failing", lifecycle: "Ready" });
  }
});

test("a server restarted with another history behind the same address", async () => {
  const other = await startKubernetes({
    users: [{ username: "admin", groups: ["system:masters"], token: "admin-token" }],
  });
  const tests = new TestClient(
    { server: other.url, ca: other.ca, token: "admin-token" },
    { fieldManager: "test" },
  );
  const now = new KubeClient(connectionTo(other.url, { ca: other.ca }));
  for (const crd of loadCrds("management")) await tests.apply(kinds.crd, crd as Unstructured);
  for (const name of ["one", "new"]) {
    await tests.apply(kinds.namespace, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
    const { status, ...cluster } = liveCluster(name) as Unstructured & { status: unknown };
    await tests.apply(kindsUsed.cluster, cluster);
    await tests.patchStatus(kindsUsed.cluster, name, name, { status });
  }
  world.proxy.compactedAt = 0;
  world.proxy.target = other;
  world.proxy.cut();
  await equal(now);
  const live = await world.db.cluster.findMany({ where: { live: true }, orderBy: { name: "asc" } });
  expect(live.map(({ name }) => name)).toEqual(["new", "one"]);
  await now.connection.close();
  await tests.close();
  await other.close();
});

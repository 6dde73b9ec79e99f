import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startFleetWorld } from "../../../sandbox/controllers/testing/fleet-world.ts";
import { aksCluster } from "../../../sandbox/controllers/testing/manifests.ts";
import { testDatabase } from "../../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../../db/client.ts";
import { loadConnection, type Connection } from "../../kubernetes/connection.ts";
import { startSync } from "./start-sync.ts";
import { TestGit } from "./testing/sync-world.ts";

let fleet: Awaited<ReturnType<typeof startFleetWorld>>;
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
let connection: Connection;
let engine: { close(): Promise<void> };

beforeAll(async () => {
  [fleet, database] = await Promise.all([startFleetWorld(), testDatabase()]);
  db = openDb(database.url);
  const user = { username: "admin", groups: ["system:masters"], token: "admin-token" };
  connection = await loadConnection({ text: fleet.api.kubeconfig(user) });
  engine = startSync({
    db,
    databaseUrl: database.url,
    management: { slug: "management", connection },
    git: new TestGit(),
    workloadAccess: "kubeconfig",
    logger: { info: () => undefined, warn: () => undefined, error: console.error },
    timings: { debounceMs: 20, tickMs: 500, probeMs: 200, discoveryMs: 500, leadershipMs: 200 },
  });
});
afterAll(async () => {
  await engine.close();
  await connection.close();
  await db.$disconnect();
  await fleet.close();
  await database.close();
});

const row = () =>
  db.cluster.findFirst({ where: { name: "prod-east" }, include: { pools: true, milestones: true } });
const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });

test("an AKS cluster is followed from its first object to ready nodes, and through an upgrade", async () => {
  await fleet.apply(aksCluster("prod-east"));
  await until(async () => expect(await row()).toMatchObject({ provider: "AKS", lifecycle: "Provisioning" }));
  await until(async () =>
    expect(await row()).toMatchObject({ word: "Healthy", nodesReady: 2, nodesDesired: 2 }),
  );
  // The pool's row follows the cluster's.
  const ready = await until(async () => {
    const found = await row();
    expect(found?.pools).toMatchObject([
      { displayName: "pool0", word: "Running", observedVersion: "v1.34.5", maxReplicas: 10 },
    ]);
    return found;
  });
  expect(ready).toMatchObject({ observedVersion: "v1.34.5", minor: "v1.34" });
  await until(async () => expect(await row()).toMatchObject({ contact: "ok" }));
  expect(ready?.milestones.map(({ step }) => step)).toEqual(
    expect.arrayContaining(["applied", "infrastructure", "control-plane"]),
  );

  await fleet.apply(aksCluster("prod-east", { version: "v1.35.4" }));
  await until(async () =>
    expect(await row()).toMatchObject({ lifecycle: "Upgrading", health: "Progressing" }),
  );
  await until(async () => expect(await row()).toMatchObject({ word: "Healthy", observedVersion: "v1.35.4" }));
}, 60_000);

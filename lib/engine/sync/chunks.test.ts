import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Db } from "../../db/client.ts";
import { KubeClient } from "../../kubernetes/client.ts";
import { checkInventory } from "./check-inventory.ts";
import { kustomization, liveCluster, startSyncWorld } from "./testing/sync-world.ts";

const names = Array.from({ length: 12 }, (_, index) => `c-${String(index).padStart(2, "0")}`);
const good = { status: "True", reason: "ReconciliationSucceeded" };
let world: Awaited<ReturnType<typeof startSyncWorld>>;
let direct: KubeClient;
let holder: Client;
let child: ChildProcess | undefined;

const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 25_000, interval: 50 });
const management = () => world.db.managementCluster.findFirstOrThrow();
const equal = () =>
  until(async () => {
    const { id } = await management();
    const options = { db: world.db, managementClusterId: id, management: direct };
    expect(await checkInventory(options)).toEqual([]);
  });
const written = async () =>
  (await world.db.cluster.findMany({ where: { live: true }, orderBy: { name: "asc" } })).map(
    (row) => row.name,
  );

beforeAll(async () => {
  world = await startSyncWorld();
  direct = new KubeClient(world.connect());
  holder = new Client({ connectionString: world.databaseUrl });
  await holder.connect();
  for (const name of names) {
    await world.namespace(name);
    await world.apply(liveCluster(name));
    await world.apply(kustomization("cluster", name, good));
  }
});
afterAll(async () => {
  child?.kill("SIGKILL");
  await Promise.all([holder.end(), direct.connection.close()]);
  await world.close();
});

/** Whoever writes this cluster's first row waits until the holder lets go. */
async function holdBack(name: string): Promise<void> {
  await holder.query(`
    SELECT pg_advisory_lock(77);
    CREATE FUNCTION hold_back() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.name = '${name}' THEN PERFORM pg_advisory_xact_lock(77); END IF; RETURN NEW; END $$;
    CREATE TRIGGER hold_back BEFORE INSERT ON "Cluster" FOR EACH ROW EXECUTE FUNCTION hold_back();`);
}

let lost = false;

/** The database, but for one thing: of the transaction that first writes the cluster "unheard" no answer comes. */
function losing(db: Db): Db {
  const transaction = async (...given: Parameters<Db["$transaction"]>): Promise<unknown> => {
    const answer: unknown = await db.$transaction(...given);
    if (lost || (await db.cluster.count({ where: { name: "unheard" } })) === 0) return answer;
    lost = true;
    throw new Error("the connection was lost on purpose");
  };
  return new Proxy(db, {
    get(target, key) {
      const value: unknown = key === "$transaction" ? transaction : Reflect.get(target, key);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

test("a first sync killed between two chunks says it is none, starts over and ends equal to a fresh list", async () => {
  await holdBack("c-06");
  const script = fileURLToPath(new URL("testing/engine-child.ts", import.meta.url));
  const args = [script, "killed", world.databaseUrl, world.proxy.url, "admin-token", "4"];
  child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  await until(async () => {
    const { rows } = await holder.query(`SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'advisory'`);
    expect(rows).not.toEqual([]);
  });
  expect(await written()).toEqual(names.slice(0, 6));
  expect(await management()).toMatchObject({ syncedAt: null });

  child.kill("SIGKILL");
  await world.remove("cluster", "c-01", "c-01");
  await world.remove("kustomization", "cluster", "c-01");
  await world.apply(
    kustomization("cluster", "c-02", { status: "False", reason: "BuildFailed", message: "no" }),
  );
  await holder.query("SELECT pg_advisory_unlock(77)");
  const quiet = () => undefined;
  const logger = { info: quiet, warn: quiet, error: quiet };
  world.sync({ logger, db: losing(world.db), rowsPerWrite: 4, timings: { heartbeatMs: 60_000 } });
  await equal();
  await until(async () => expect((await management()).syncedAt).not.toBeNull());
  expect(await written()).toEqual(names.filter((name) => name !== "c-01"));
});

test("a chunk that was committed, though nobody heard so, is not written as another cluster", async () => {
  await world.namespace("unheard");
  await world.apply(liveCluster("unheard"));
  await world.apply(kustomization("cluster", "unheard", good));
  await vi.waitFor(() => expect(lost).toBe(true), { timeout: 25_000, interval: 50 });
  await world.apply(
    kustomization("cluster", "unheard", { status: "False", reason: "BuildFailed", message: "no" }),
  );
  await equal();
  const { id } = await world.db.cluster.findFirstOrThrow({ where: { name: "unheard" } });
  expect(await world.db.clusterInterval.count({ where: { clusterId: id, axis: "state", to: null } })).toBe(1);
});

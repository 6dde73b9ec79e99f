import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "./client.ts";
import { holdLock } from "./hold-lock.ts";
import { writeInventory, writeLastSeen } from "./inventory.ts";
import {
  beginEpoch,
  ensureManagementCluster,
  LeadershipLost,
  writeHeartbeat,
} from "./management-clusters.ts";

let database: { url: string; close(): Promise<void> };
let db: Db;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

const silenceMs = 2_500;

/** Another process that holds the lock; resolves when it has it. */
async function holder(name: string): Promise<{ child: ChildProcess; said: () => string }> {
  const script = fileURLToPath(new URL("testing/hold-lock-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script, database.url, name, String(silenceMs)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await vi.waitFor(() => expect(text).toContain("held"), { timeout: 20_000 });
  return { child, said: () => text };
}

function heir(name: string) {
  let held = false;
  const lock = holdLock({
    url: database.url,
    name,
    retryMs: 200,
    silenceMs,
    onHeld: () => {
      held = true;
      return Promise.resolve({ close: () => Promise.resolve() });
    },
    onError: () => undefined,
  });
  return { lock, held: () => held };
}

const taken = ({ held }: { held: () => boolean }) =>
  vi.waitFor(() => expect(held()).toBe(true), { timeout: 20_000, interval: 50 });

test("a holder that dies is followed by another", async () => {
  const { child } = await holder("dies");
  const next = heir("dies");
  child.kill("SIGKILL");
  await taken(next);
  await next.lock.close();
});

test("a holder that is frozen loses the lock, and learns it when it wakes", async () => {
  const { child, said } = await holder("frozen");
  const next = heir("frozen");
  child.kill("SIGSTOP");
  await taken(next);
  child.kill("SIGCONT");
  await vi.waitFor(() => expect(said()).toContain("lost"), { timeout: 20_000, interval: 50 });
  await next.lock.close();
});

test("one that only works keeps it", async () => {
  const { child, said } = await holder("works");
  const next = heir("works");
  await db.$executeRaw`SELECT pg_sleep(${(2 * silenceMs) / 1000})`;
  expect(next.held()).toBe(false);
  expect(said()).toBe("held\n");
  child.kill("SIGTERM");
  await once(child, "exit");
  await taken(next);
  await next.lock.close();
});

test("what an old leader still writes is refused, all of it", async () => {
  const id = await ensureManagementCluster(db, { slug: "fenced", server: "https://one" });
  const old = await beginEpoch(db, id, "old");
  const cluster = await db.cluster.create({
    data: {
      managementClusterId: id,
      namespace: "a",
      name: "a",
      provider: "Dev",
      lifecycle: "Ready",
      health: "Healthy",
      tone: "healthy",
      rank: 0,
      word: "Healthy",
      lifecycleSince: new Date(),
      healthSince: new Date(),
      markSince: new Date(),
    },
  });
  await beginEpoch(db, id, "new");
  const batch = {
    ...{ clusters: [], flux: [], fluxGone: [], pools: [], workloads: [], workloadsGone: [] },
    ...{ milestones: [], incarnations: [], intervals: [], intervalsEnded: [], notify: [] },
    managementClusterId: id,
    epoch: old,
    ended: [{ clusterId: cluster.id, at: new Date().toISOString() }],
  };
  await expect(writeInventory(db, batch)).rejects.toThrow(LeadershipLost);
  const beat = { contactError: "late", missed: 1 };
  await expect(writeHeartbeat(db, { id, epoch: old, notify: false }, beat)).rejects.toThrow(LeadershipLost);
  const seen = [{ id: cluster.id, at: new Date().toISOString() }];
  await writeLastSeen(db, { managementClusterId: id, epoch: old }, seen);
  expect(await db.cluster.findUnique({ where: { id: cluster.id } })).toMatchObject({ lastSeenAt: null });
  expect(await db.managementCluster.findUnique({ where: { id } })).toMatchObject({
    contactError: null,
    missedByWatch: 0,
  });
});

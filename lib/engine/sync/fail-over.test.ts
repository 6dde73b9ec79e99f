import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { liveCluster, startSyncWorld } from "./testing/sync-world.ts";

/** Issue: another engine writes at the latest so long after the leader's end. */
const promisedMs = 15_000;

let world: Awaited<ReturnType<typeof startSyncWorld>>;
const children: ChildProcess[] = [];

beforeAll(async () => {
  world = await startSyncWorld();
  await world.namespace("one");
  await world.apply(liveCluster("one"));
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await world.close();
});

function engine(name: string) {
  const script = fileURLToPath(new URL("testing/engine-child.ts", import.meta.url));
  const args = [script, name, world.databaseUrl, world.proxy.url, "admin-token"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return { child, said: () => text };
}

const row = () => world.db.cluster.findFirst({ where: { name: "one" } });
const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 30_000, interval: 50 });
const writtenBy = (team: string) => until(async () => expect(await row()).toMatchObject({ team }));

/** How long after the signal the other has written. */
async function failOver(child: ChildProcess, signal: "SIGKILL" | "SIGSTOP", to: string): Promise<number> {
  const from = performance.now();
  child.kill(signal);
  await writtenBy(to);
  return performance.now() - from;
}

test("a leader frozen in the middle of a write, then one that dies: the other writes within 15 s", async () => {
  const first = engine("first");
  await writtenBy("first");
  const second = engine("second");
  const leader = async () => (await world.db.managementCluster.findFirstOrThrow()).epoch;
  const epoch = await leader();

  // The first one's write has taken the epoch and waits for the table when it freezes.
  const holder = new Client({ connectionString: world.databaseUrl });
  await holder.connect();
  await holder.query(`BEGIN; LOCK TABLE "Cluster" IN SHARE ROW EXCLUSIVE MODE`);
  await world.apply(liveCluster("one", { ready: true }));
  await until(async () => {
    const { rows } = await holder.query(`SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'relation'`);
    expect(rows).not.toEqual([]);
  });
  first.child.kill("SIGSTOP");
  await holder.query("ROLLBACK");
  await holder.end();
  expect(await failOver(first.child, "SIGSTOP", "second")).toBeLessThan(promisedMs);
  expect(await leader()).toBe(epoch + 1n);

  // Awake, it still means to write what it held, and what has come meanwhile.
  first.child.kill("SIGCONT");
  await world.apply(liveCluster("one"));
  await until(async () => expect(await row()).toMatchObject({ word: "Provisioning" }));
  await vi.waitFor(() => expect(first.said()).toMatch(/cannot lead|could not be written/), {
    timeout: 20_000,
  });
  expect(await row()).toMatchObject({ team: "second" });
  expect(await leader()).toBe(epoch + 1n);

  // It has learnt that it leads no more, and stands in when it is needed.
  expect(await failOver(second.child, "SIGKILL", "first")).toBeLessThan(promisedMs);
  expect(await leader()).toBe(epoch + 2n);
}, 90_000);

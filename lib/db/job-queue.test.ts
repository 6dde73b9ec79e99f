import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "./client.ts";
import { openJobQueue, type JobQueue, type JobQueueOptions, type JobRun } from "./job-queue.ts";
import { listJobs, type JobRow } from "./jobs.ts";
import { retryDeadLetter } from "./retry-dead-letter.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
const open: JobQueue[] = [];
const children: ChildProcess[] = [];
const now = new Date("2026-11-24T12:00:00Z");
const nothing: JobRun = () => Promise.resolve(undefined);
const log = { info: () => undefined, warn: () => undefined };

/** One process that works on jobs, none of which come by the clock. */
function start(runs: Partial<JobQueueOptions["runs"]>, more: Partial<JobQueueOptions> = {}): JobQueue {
  const queue = openJobQueue({
    url: database.url,
    runs: { "prune-rows": nothing, "verify-audit": nothing, "read-members": nothing, ...runs },
    log,
    describe: (error) => `said: ${error instanceof Error ? error.message : String(error)}`,
    schedule: false,
    monitorSeconds: 1,
    pollSeconds: 0.5,
    retryDelaySeconds: 1,
    ...more,
  });
  open.push(queue);
  return queue;
}

const patiently = { timeout: 50_000, interval: 100 };
const jobs = async (name: JobRow["name"]): Promise<JobRow[]> =>
  ((await listJobs(db, { done: 50 })) ?? []).filter((job) => job.name === name);
const enqueued = (queue: JobQueue, name: "prune-rows" | "verify-audit" | "read-members") =>
  vi.waitFor(async () => {
    expect(await queue.enqueue(name)).toBe(true);
  }, patiently);

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url, { max: 3 });
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await Promise.all(open.splice(0).map((queue) => queue.close()));
});

afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

describe("the job queue", () => {
  test("before an engine ever ran there are no jobs to tell of, rather than an error", async () => {
    expect(await listJobs(db, { done: 5 })).toBeNull();
  });

  test(
    "a job that always fails is tried again as often as its kind says, then lies dead with its last error; by hand it is tried again, once, and that is in the trail",
    { timeout: 90_000 },
    async () => {
      let tries = 0;
      let broken = true;
      const queue = start(
        {
          "verify-audit": () => {
            tries += 1;
            return broken
              ? Promise.reject(new Error(`no answer ${String(tries)}`))
              : Promise.resolve({ rows: 3 });
          },
        },
        { retryLimit: 2 },
      );
      await enqueued(queue, "verify-audit");
      const dead = await vi.waitFor(async () => {
        const found = (await jobs("verify-audit")).find((job) => job.dead);
        if (!found) throw new Error("none is dead yet");
        return found;
      }, patiently);
      expect(tries).toBe(3);
      expect(dead.output).toMatchObject({ message: "said: no answer 3" });
      expect(JSON.stringify(dead.output)).not.toContain("job-queue");

      broken = false;
      const who = { login: "sofia.k", now };
      const retry = () => retryDeadLetter({ db, url: database.url }, dead.id, who);
      const both = await Promise.all([retry(), retry()]);
      expect(both.filter(Boolean)).toHaveLength(1);
      await vi.waitFor(async () => {
        const found = await jobs("verify-audit");
        expect(found.map(({ dead, state, output }) => ({ dead, state, output }))).toEqual([
          { dead: false, state: "completed", output: { rows: 3 } },
        ]);
      }, patiently);
      const trail = await db.auditEvent.findMany({ where: { action: "job.retry" } });
      expect(trail).toMatchObject([{ actor: "sofia.k", target: "verify-audit" }]);
    },
  );

  test("of one kind only one waits or runs, whoever asks", { timeout: 60_000 }, async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const run: JobRun = async () => {
      running += 1;
      most = Math.max(most, running);
      await held;
      running -= 1;
      done += 1;
      return undefined;
    };
    const [first, second] = [start({ "prune-rows": run }), start({ "prune-rows": run })];
    await enqueued(first, "prune-rows");
    await vi.waitFor(() => {
      expect(running).toBe(1);
    }, patiently);
    // The second one's queue may not be open yet, which is a no as well.
    expect(await first.enqueue("prune-rows")).toBe(false);
    expect(await second.enqueue("prune-rows")).toBe(false);
    release();
    await vi.waitFor(() => {
      expect([done, running]).toEqual([1, 0]);
    }, patiently);
    await vi.waitFor(async () => {
      expect(await first.enqueue("prune-rows")).toBe(true);
    }, patiently);
    await vi.waitFor(() => {
      expect(done).toBe(2);
    }, patiently);
    expect(most).toBe(1);
  });

  test(
    "a job whose process is killed in the middle is done by another one",
    { timeout: 120_000 },
    async () => {
      const script = fileURLToPath(new URL("testing/job-child.ts", import.meta.url));
      const child = spawn(process.execPath, [script, database.url], { stdio: ["ignore", "pipe", "inherit"] });
      children.push(child);
      await once(child.stdout, "data");
      let done = 0;
      const run: JobRun = () => {
        done += 1;
        return Promise.resolve({ people: 1 });
      };
      start({ "read-members": run }, { heartbeatSeconds: 10 });
      expect((await jobs("read-members")).map(({ state }) => state)).toEqual(["active"]);
      child.kill("SIGKILL");
      await once(child, "exit");
      await vi.waitFor(
        async () => {
          const [job, ...more] = await jobs("read-members");
          expect([job?.state, job?.tries, more]).toEqual(["completed", 1, []]);
        },
        { ...patiently, timeout: 90_000 },
      );
      expect(done).toBe(1);
    },
  );

  test(
    "closing gives a running job its second and leaves it to be tried again",
    { timeout: 60_000 },
    async () => {
      let begun = false;
      const queue = start({
        "prune-rows": () => {
          begun = true;
          return new Promise(() => undefined);
        },
      });
      await enqueued(queue, "prune-rows");
      await vi.waitFor(() => {
        expect(begun).toBe(true);
      }, patiently);
      await queue.close();
      expect((await jobs("prune-rows")).map(({ state }) => state)).toContain("retry");
    },
  );
});

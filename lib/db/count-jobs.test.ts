import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "./client.ts";
import { countJobs } from "./count-jobs.ts";
import { deadLetters } from "./job-kinds.ts";
import { openJobQueue } from "./job-queue.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url, { max: 3 });
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

test("jobs that wait, run or lie dead are counted by kind with the age of the oldest; without a queue there are none", async () => {
  expect(await countJobs(db)).toEqual([]);
  let finish = (): void => undefined;
  const running = new Promise<undefined>((done) => {
    finish = () => {
      done(undefined);
    };
  });
  const queue = openJobQueue({
    url: database.url,
    runs: {
      "prune-rows": () => running,
      "verify-audit": () => Promise.reject(new Error("not now")),
      "read-members": () => Promise.resolve(undefined),
    },
    ...{ log: { info: () => undefined, warn: () => undefined }, describe: String, schedule: false },
    ...{ monitorSeconds: 1, pollSeconds: 0.5, retryDelaySeconds: 600 },
  });
  const patiently = { timeout: 25_000, interval: 100 };
  try {
    for (const name of ["prune-rows", "verify-audit"] as const) {
      await vi.waitFor(async () => {
        expect(await queue.enqueue(name)).toBe(true);
      }, patiently);
    }
    await db.$executeRawUnsafe(
      `INSERT INTO fleetwright_jobs.job (name, source_name, created_on)
       VALUES ($1, 'read-members', now() - interval '1 hour')`,
      deadLetters,
    );
    await vi.waitFor(async () => {
      const counts = (await countJobs(db)).sort((a, b) => a.kind.localeCompare(b.kind));
      expect(counts).toMatchObject([
        { kind: "prune-rows", state: "running", count: 1 },
        { kind: "read-members", state: "dead", count: 1 },
        // Tried again in ten minutes: planned, not late.
        { kind: "verify-audit", state: "queued", count: 1, oldestSeconds: 0 },
      ]);
      expect(counts[1]?.oldestSeconds).toBeGreaterThanOrEqual(3_600);
    }, patiently);
  } finally {
    finish();
    await queue.close();
  }
});

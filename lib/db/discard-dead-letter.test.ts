import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import type { Actor, Role } from "../domain/access/actor.ts";
import { discardJob } from "../usecases/settings/discard-job.ts";
import { openDb, type Db } from "./client.ts";
import { deadLetters } from "./job-kinds.ts";
import { openJobQueue } from "./job-queue.ts";
import { listJobs } from "./jobs.ts";

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

const now = new Date("2026-11-24T12:00:00Z");
const actorOf = (role: Role): Actor => ({
  ...{ userId: "u", login: "omar.h", name: "Omar", image: null, roles: [role], teams: [] },
});
const ask = (id: string, role: Role = "platform-engineer") =>
  discardJob({ actor: actorOf(role), now, db, databaseUrl: database.url }, { id });
const dead = async () => ((await listJobs(db, { done: 5 })) ?? []).filter((job) => job.dead);

test("a dead letter is discarded once, by a platform engineer alone, and that is in the trail", async () => {
  const nothing = () => Promise.resolve(undefined);
  const queue = openJobQueue({
    url: database.url,
    runs: { "prune-rows": nothing, "verify-audit": nothing, "read-members": nothing },
    ...{ log: { info: () => undefined, warn: () => undefined }, describe: String, schedule: false },
    ...{ monitorSeconds: 1, pollSeconds: 0.5 },
  });
  try {
    const letter = await vi.waitFor(
      async () => {
        await db.$executeRawUnsafe(
          `INSERT INTO fleetwright_jobs.job (name, source_name) VALUES ($1, 'read-members')`,
          deadLetters,
        );
        const [found] = await dead();
        if (!found) throw new Error("none is dead yet");
        return found;
      },
      { timeout: 25_000, interval: 100 },
    );
    expect(await ask(letter.id, "approver")).toMatchObject({ ok: false, code: "forbidden" });
    expect(await dead()).toHaveLength(1);

    const both = await Promise.all([ask(letter.id), ask(letter.id)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await dead()).toEqual([]);
    expect(await ask(letter.id)).toMatchObject({ ok: false, code: "conflict" });
    expect(await db.auditEvent.findMany({ where: { action: "job.discard" } })).toMatchObject([
      { actor: "omar.h", target: "read-members" },
    ]);
  } finally {
    await queue.close();
  }
});

import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "pg";
import { testDatabase } from "../sandbox/testing/postgres.ts";
import { appendAudit } from "../lib/db/audit.ts";
import { openDb, type Db } from "../lib/db/client.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  const entries = ["a", "b", "c"].map((key) => ({
    key,
    at: new Date("2026-11-24T12:00:00Z"),
    actor: "lena.k",
    action: "change.open" as const,
    target: "#7",
  }));
  await appendAudit(db, entries);
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

/** The command as it is typed. */
function verify(...args: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, DATABASE_URL: database.url };
  const command = ["run", "-s", "audit:verify", "--", ...args];
  return new Promise((done) => {
    execFile("npm", command, { cwd: resolve(import.meta.dirname, ".."), env }, (error, stdout, stderr) => {
      done({ code: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}

test("npm run audit:verify says that the chain is whole, takes a noted head, and fails on a changed row", async () => {
  const whole = await verify();
  expect(whole).toMatchObject({
    code: 0,
    output: expect.stringContaining("3 rows, the chain is whole") as string,
  });
  const head = /head (\w{64})/.exec(whole.output)?.[1] ?? "";
  expect((await verify(head)).code).toBe(0);
  const lost = await verify("f".repeat(64));
  expect(lost).toMatchObject({
    code: 1,
    output: expect.stringContaining("cut off or written anew") as string,
  });

  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(`ALTER TABLE "AuditEvent" DISABLE TRIGGER USER`);
  await owner.query(`UPDATE "AuditEvent" SET actor = 'mallory' WHERE id = 2`);
  await owner.end();
  const broken = await verify();
  expect(broken).toMatchObject({ code: 1, output: expect.stringContaining("row 2 was changed") as string });
});

import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { appendAudit, type AuditEntry } from "./audit.ts";
import { verifyAudit } from "./audit-verify.ts";
import { openDb, type Db } from "./client.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
let sql: Client;

const entry = (key: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  key,
  at: new Date("2026-11-24T10:00:00.120Z"),
  actor: "lena.k",
  action: "change.open",
  target: "#7 Créate 支払\n1:x",
  ...more,
});

/** What only somebody who owns the database can do. */
async function tamper(statement: string): Promise<void> {
  await sql.query(`ALTER TABLE "AuditEvent" DISABLE TRIGGER USER`);
  await sql.query(statement);
  await sql.query(`ALTER TABLE "AuditEvent" ENABLE TRIGGER USER`);
}

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  sql = new Client({ connectionString: database.url });
  await sql.connect();
});

afterAll(async () => {
  await sql.end();
  await db.$disconnect();
  await database.close();
});

beforeEach(() => tamper(`DELETE FROM "AuditEvent"`));

test("an entry is written once, whoever sees its fact again", async () => {
  await appendAudit(db, [entry("a"), entry("b", { team: "payments", change: 7, detail: { z: 1, a: null } })]);
  await appendAudit(db, [entry("b"), entry("c")]);
  expect((await db.auditEvent.findMany({ orderBy: { id: "asc" } })).map(({ key }) => key)).toEqual([
    "a",
    "b",
    "c",
  ]);
  expect(await verifyAudit(db)).toMatchObject({ breaks: [], rows: 3 });
});

test("writers of two processes at once keep one chain without a gap or a double", async () => {
  const others = [openDb(database.url), openDb(database.url), openDb(database.url)];
  try {
    await Promise.all(
      others.flatMap((one, writer) =>
        Array.from({ length: 15 }, (_, turn) =>
          appendAudit(one, [entry(`${String(writer)}-${String(turn)}`), entry(`shared-${String(turn)}`)]),
        ),
      ),
    );
  } finally {
    await Promise.all(others.map((one) => one.$disconnect()));
  }
  expect(await verifyAudit(db)).toMatchObject({ breaks: [], rows: 60 });
});

test("a transaction rolled back leaves no gap", async () => {
  await appendAudit(db, [entry("a")]);
  await sql.query("BEGIN");
  await sql.query(
    `INSERT INTO "AuditEvent" (key, actor, action, target) VALUES ('lost', 'x', 'change.open', 'y')`,
  );
  await sql.query("ROLLBACK");
  await appendAudit(db, [entry("b")]);
  expect(await verifyAudit(db)).toMatchObject({ breaks: [], rows: 2 });
});

test.each([
  ["UPDATE", `UPDATE "AuditEvent" SET actor = 'mallory'`],
  ["DELETE", `DELETE FROM "AuditEvent"`],
  ["TRUNCATE", `TRUNCATE "AuditEvent"`],
])("the database refuses %s", async (_name, statement) => {
  await appendAudit(db, [entry("a")]);
  await expect(sql.query(statement)).rejects.toThrow("append-only");
  expect(await verifyAudit(db)).toMatchObject({ breaks: [], rows: 1 });
});

test("nobody chooses a row's number or hash", async () => {
  await sql.query(
    `INSERT INTO "AuditEvent" (id, key, actor, action, target, "prevHash", hash)
     VALUES (99, 'a', 'x', 'change.open', 'y', 'forged', 'forged')`,
  );
  expect(await verifyAudit(db)).toMatchObject({ breaks: [], rows: 1 });
});

describe("what was tampered with is found", () => {
  beforeEach(() => appendAudit(db, [entry("a"), entry("b"), entry("c"), entry("d")]));

  test.each([
    ["a changed row", `UPDATE "AuditEvent" SET actor = 'mallory' WHERE id = 2`, /row 2 was changed/],
    ["a changed detail", `UPDATE "AuditEvent" SET detail = '{"x":1}' WHERE id = 3`, /row 3 was changed/],
    ["a row taken out", `DELETE FROM "AuditEvent" WHERE id = 2`, /row 2 is missing/],
    [
      "a row re-hashed, its follower not",
      `WITH x AS (UPDATE "AuditEvent" SET target = 'y' WHERE id = 2) SELECT 1;
       UPDATE "AuditEvent" a SET hash = fleetwright_audit_hash(a) WHERE id = 2`,
      /row 3 does not follow/,
    ],
  ])("%s", async (_name, statement, message) => {
    await tamper(statement);
    expect((await verifyAudit(db)).breaks.join("; ")).toMatch(message);
  });

  test("rows cut off at the end, by a head noted before", async () => {
    const { head } = await verifyAudit(db);
    await tamper(`DELETE FROM "AuditEvent" WHERE id > 2`);
    expect((await verifyAudit(db)).breaks).toEqual([]);
    expect((await verifyAudit(db, head)).breaks.join()).toMatch(/cut off or written anew/);
  });
});

import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../db/client.ts";
import { takeFluxEvent } from "./flux-webhook.ts";
import { readBody } from "./read-body.ts";

const secret = "hmac-key";
const now = new Date("2026-11-24T12:00:00Z");
const sign = (body: string, key = secret): string =>
  `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;
const eventOf = (revision: string): string =>
  JSON.stringify({
    involvedObject: { kind: "Kustomization", uid: "u1", name: "cluster" },
    severity: "info",
    reason: "ReconciliationSucceeded",
    timestamp: "2026-11-24T11:59:00Z",
    metadata: { revision },
  });
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
});

afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

const take = (rawBody: string, signature: string | null) =>
  takeFluxEvent({ db, secret, now }, { rawBody, signature });

test("a genuine event is taken once; its replay is swallowed", async () => {
  const body = eventOf("main@sha1:a");
  expect(await take(body, sign(body))).toEqual({ ok: true, value: { again: false } });
  expect(await take(body, sign(body))).toEqual({ ok: true, value: { again: true } });
  const next = eventOf("main@sha1:b");
  expect(await take(next, sign(next))).toEqual({ ok: true, value: { again: false } });
});

test.each([
  ["no signature", null],
  ["another key's", sign(eventOf("x"), "other")],
  ["another body's", sign(eventOf("y"))],
  ["a cut one", sign(eventOf("x")).slice(0, -1)],
  ["another algorithm's name", sign(eventOf("x")).replace("sha256", "sha1")],
])("a forged event is refused and leaves nothing: %s", async (_name, signature) => {
  const before = await db.delivery.count();
  expect(await take(eventOf("x"), signature)).toMatchObject({ ok: false, code: "unauthenticated" });
  expect(await db.delivery.count()).toBe(before);
});

test("signed nonsense is no event", async () => {
  for (const body of ["", "[]", "{}", "not json"])
    expect(await take(body, sign(body))).toMatchObject({ ok: false, code: "invalid" });
});

test("a body larger than allowed is not read, whatever its length header says", async () => {
  const post = (body: string) => new Request("http://x/", { method: "POST", body });
  expect(await readBody(post("x".repeat(101)), 100)).toBeNull();
  expect(await readBody(post("支払"), 100)).toBe("支払");
});

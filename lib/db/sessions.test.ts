import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "./client.ts";
import { beginDelivery, endDelivery } from "./deliveries.ts";
import { listen, type Notification } from "./notify.ts";
import { sendNotification } from "./send-notification.ts";
import { findSessionUser, revokeSessions } from "./sessions.ts";

const now = new Date("2026-11-24T12:00:00Z");
const later = new Date("2026-11-24T20:00:00Z");
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

test("a revoked session is nobody's at once, and every process is told", async () => {
  const { id: userId } = await db.user.create({ data: { forgeId: 1n, login: "lena.k" } });
  await db.session.createMany({
    data: ["a", "b", "c"].map((sessionToken) => ({ sessionToken, userId, expires: later })),
  });
  const heard: Notification[] = [];
  const listener = listen({
    url: database.url,
    onMessage: (message) => heard.push(message),
    onResync: () => undefined,
  });
  try {
    await expect
      .poll(async () => {
        await sendNotification(db, { topic: "hello", id: "" });
        return heard.length;
      })
      .toBeGreaterThan(0);
    expect(await findSessionUser(db, "a", now)).toBe(userId);
    expect(await revokeSessions(db, { sessionToken: "a" })).toBe(1);
    expect(await findSessionUser(db, "a", now)).toBeNull();
    expect(await findSessionUser(db, "b", now)).toBe(userId);
    expect(await revokeSessions(db, { userId })).toBe(2);
    expect(await findSessionUser(db, "b", now)).toBeNull();
    await expect.poll(() => heard.filter(({ topic }) => topic === "rights").length).toBe(2);
  } finally {
    await listener.close();
  }
});

test("a session that is over is nobody's", async () => {
  const { id: userId } = await db.user.create({ data: { forgeId: 2n, login: "omar.h" } });
  await db.session.create({ data: { sessionToken: "old", userId, expires: now } });
  expect(await findSessionUser(db, "old", now)).toBeNull();
});

test("a delivery is processed once: not again under its GUID, nor its signed body under another", async () => {
  const delivery = { guid: "g1", source: "forge", event: "push", digest: "sha256=1" };
  expect(await beginDelivery(db, delivery)).toBe(true);
  // Cut off before it was processed: the redelivery counts.
  expect(await beginDelivery(db, delivery)).toBe(true);
  await endDelivery(db, "g1", now);
  expect(await beginDelivery(db, delivery)).toBe(false);
  expect(await beginDelivery(db, { ...delivery, guid: "forged" })).toBe(false);
  expect(await beginDelivery(db, { ...delivery, guid: "g2", digest: "sha256=2" })).toBe(true);
});

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { appendAudit } from "../db/audit.ts";
import { openDb, type Db } from "../db/client.ts";
import { pruneRows } from "../db/prune-rows.ts";
import type { Actor, Role } from "../domain/access/actor.ts";
import { verifyTrail } from "../engine/jobs/verify-trail.ts";
import { retryJob } from "../usecases/settings/retry-job.ts";
import type { ReadContext } from "./context.ts";
import { getHealth } from "./health.ts";
import { listAudit } from "./list-audit.ts";
import { getJobs } from "./list-jobs.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
const now = new Date("2026-11-24T12:00:00Z");
const ago = (ms: number): Date => new Date(now.getTime() - ms);
const dayMs = 86_400_000;
const ctx = (role: Role): ReadContext => ({
  db,
  now,
  actor: actorOf(role),
  forgeUrl: "https://forge.example",
});
const actorOf = (role: Role): Actor => ({
  userId: "u",
  login: "lena.k",
  name: "Lena",
  image: null,
  roles: [role],
  teams: ["payments"],
});
const everything = { person: "", cluster: "", change: null, page: 1, pageSize: 50 };

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url, { max: 3 });
});

afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

beforeEach(async () => {
  await db.cluster.deleteMany();
  await db.managementCluster.deleteMany();
  await db.fleetRepository.deleteMany();
});

const forbidden = (kind: string, resource: string) => ({
  kind,
  group: "kustomize.toolkit.fluxcd.io",
  plural: resource,
  version: "v1",
  state: "forbidden",
  message: `${resource} is forbidden`,
  missingRule: { apiGroup: "kustomize.toolkit.fluxcd.io", resource, verbs: ["get", "list", "watch"] },
});

test("with nothing known yet Health says so, and does not call it well", async () => {
  const health = await getHealth(ctx("platform-engineer"));
  expect(health).toMatchObject({
    management: null,
    forge: null,
    workloads: { readable: 0, total: 0, broken: [] },
  });
});

test("a kind without permission is named with the rule that lacks, as YAML ready to paste", async () => {
  const kinds = [{ kind: "Cluster", group: "cluster.x-k8s.io", version: "v1beta1", state: "synced" }, "odd"];
  await db.managementCluster.create({
    data: {
      ...{ slug: "m", server: "https://m", lastContactAt: ago(1_000), syncedAt: ago(dayMs) },
      kinds: [...kinds, forbidden("Kustomization", "kustomizations")],
    },
  });
  const management = (await getHealth(ctx("platform-engineer")))?.management;
  expect(management?.mark.word).toBe("Permissions missing");
  expect(management?.kinds.map(({ kind, mark }) => [kind, mark.word])).toEqual([
    ["Kustomization", "No permission"],
    ["Cluster", "Synced"],
  ]);
  expect(management?.missingRules).toBe(
    [
      "- apiGroups:",
      "    - kustomize.toolkit.fluxcd.io",
      "  resources:",
      "    - kustomizations",
      "  verbs:",
      "    - get",
      "    - list",
      "    - watch",
      "",
    ].join("\n"),
  );
});

test("what has not been heard from for long is Silent, whatever it said last", async () => {
  await db.managementCluster.create({
    data: { slug: "m", server: "https://m", lastContactAt: ago(10 * 60_000), syncedAt: ago(dayMs) },
  });
  await db.fleetRepository.create({ data: { fullName: "acme/fleet", polledAt: ago(3_600_000) } });
  const health = await getHealth(ctx("platform-engineer"));
  expect([health?.management?.mark.word, health?.forge?.mark.word]).toEqual(["Silent", "Silent"]);
});

test("clusters whose session is broken are listed since when, and clusters that lack the same rule once", async () => {
  const { id } = await db.managementCluster.create({ data: { slug: "m", server: "x", lastContactAt: now } });
  const rule = [{ apiGroup: "apps", resource: "deployments", verbs: ["list"] }];
  await addCluster(id, "a", { contact: "ok", missingRules: rule });
  await addCluster(id, "b", { contact: "ok", missingRules: rule });
  await addCluster(id, "c", { contact: "unreachable", contactMessage: "no route", contactSince: ago(5_000) });
  const workloads = (await getHealth(ctx("platform-engineer")))?.workloads;
  expect(workloads).toMatchObject({
    readable: 2,
    total: 3,
    broken: [{ slug: "c", message: "no route", since: ago(5_000).toISOString() }],
    missing: [{ clusters: [{ slug: "a" }, { slug: "b" }] }],
  });
});

test("Health and Jobs are platform engineers', and nobody else has a job tried again", async () => {
  for (const role of ["viewer", "requester", "approver"] as const) {
    expect([await getHealth(ctx(role)), await getJobs(ctx(role))]).toEqual([null, null]);
    const asked = { actor: actorOf(role), now, db, databaseUrl: database.url };
    expect(await retryJob(asked, { id: "00000000-0000-7000-8000-000000000000" })).toMatchObject({
      ok: false,
      code: "forbidden",
    });
  }
  expect(await getJobs(ctx("platform-engineer"))).toMatchObject({ started: false, dead: [], open: [] });
});

test("the trail is filtered, newest first, and shows a requester no other team's rows nor their number", async () => {
  const entry = (key: string, team: string, change: number) =>
    ({ key, at: now, actor: `${team}.dev`, action: "change.open", target: `#${key}`, team, change }) as const;
  await appendAudit(db, [entry("1", "payments", 1), entry("2", "search", 2), entry("3", "search", 3)]);
  const whole = await listAudit(ctx("viewer"), everything);
  expect(whole?.rows.map(({ change }) => change)).toEqual([3, 2, 1]);
  expect((await listAudit(ctx("viewer"), { ...everything, change: 2 }))?.rows).toHaveLength(1);
  expect((await listAudit(ctx("viewer"), { ...everything, person: "SEARCH." }))?.matched).toBe(2);
  await verifyTrail({ db, log: { error: () => undefined } }, now);
  const own = await listAudit(ctx("requester"), everything);
  expect([own?.rows.map(({ change }) => change), own?.matched, own?.verified]).toEqual([[1], 1, null]);
  expect((await listAudit(ctx("viewer"), everything))?.verified).toMatchObject({ rows: 3, breaks: [] });
});

test("verifying holds the trail to the head of the time before: rows cut off at its end are noticed", async () => {
  const errors: string[] = [];
  const log = { error: (_: object, message: string) => errors.push(message) };
  await appendAudit(db, [{ key: "last", at: now, actor: "a", action: "change.merge", target: "#9" }]);
  expect(await verifyTrail({ db, log }, now)).toMatchObject({ whole: true });
  await db.$executeRawUnsafe(`ALTER TABLE "AuditEvent" DISABLE TRIGGER ALL`);
  await db.$executeRawUnsafe(`DELETE FROM "AuditEvent" WHERE key = 'last'`);
  await db.$executeRawUnsafe(`ALTER TABLE "AuditEvent" ENABLE TRIGGER ALL`);
  expect(await verifyTrail({ db, log }, new Date(now.getTime() + 1_000))).toMatchObject({ whole: false });
  expect(errors).toEqual(["the audit trail does not hold"]);
  const list = await listAudit(ctx("platform-engineer"), everything);
  expect(list?.verified?.breaks[0]).toMatch(/the noted head .* is gone/);
  // It stays broken: what a broken trail ends with is never noted.
  expect(await verifyTrail({ db, log }, new Date(now.getTime() + 2_000))).toMatchObject({ whole: false });
});

test("pruning takes what is over for long and nothing that is open or fresh", async () => {
  const { id } = await db.managementCluster.create({ data: { slug: "m", server: "x", lastContactAt: now } });
  const clusterId = await addCluster(id, "a", {});
  const { id: userId } = await db.user.create({ data: { forgeId: 1, login: "lena.k" } });
  const session = (sessionToken: string, expires: Date) => ({ sessionToken, userId, expires });
  await db.session.createMany({
    data: [session("old", ago(1)), session("new", new Date(now.getTime() + dayMs))],
  });
  const interval = (from: Date, to: Date | null) => ({ clusterId, axis: "state", value: "Ready", from, to });
  await db.clusterInterval.createMany({
    data: [
      interval(ago(200 * dayMs), ago(91 * dayMs)),
      interval(ago(91 * dayMs), ago(89 * dayMs)),
      interval(ago(89 * dayMs), null),
    ],
  });
  await db.delivery.createMany({
    data: [ago(31 * dayMs), ago(dayMs)].map((receivedAt, index) => ({
      ...{ guid: String(index), source: "forge", event: "push", receivedAt },
    })),
  });
  expect(await pruneRows(db, now)).toEqual({
    sessions: 1,
    deliveries: 1,
    intervals: 1,
    intents: 0,
    asks: 0,
    targets: 0,
  });
  expect(await pruneRows(db, now)).toEqual({
    sessions: 0,
    deliveries: 0,
    intervals: 0,
    intents: 0,
    asks: 0,
    targets: 0,
  });
});

async function addCluster(managementClusterId: string, name: string, more: object): Promise<string> {
  const axes = { lifecycle: "Ready", lifecycleSince: now, health: "Healthy", healthSince: now };
  const mark = { tone: "healthy", rank: 10, word: "Healthy", markSince: now };
  const data = {
    managementClusterId,
    namespace: name,
    name,
    provider: "AKS",
    live: true,
    ...axes,
    ...mark,
    ...more,
  };
  return (await db.cluster.create({ data })).id;
}

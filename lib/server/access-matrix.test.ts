import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../db/client.ts";
import { roles, type Actor, type Role } from "../domain/access/actor.ts";
import { can, type ChangeTarget, type ChangeVerb, type SettingsVerb } from "../domain/access/can.ts";
import type { ReadContext } from "../queries/context.ts";
import { findChange } from "../queries/find-change.ts";
import { findCluster } from "../queries/find-cluster.ts";
import { getFleetOverview } from "../queries/fleet-overview.ts";
import { listChanges } from "../queries/list-changes.ts";
import { listClusters } from "../queries/list-clusters.ts";
import { getShell } from "../queries/shell.ts";
import type { ClusterListParams } from "../queries/views.ts";
import { createAudienceFinder, mayHear } from "./live/audience.ts";

/** Own team, another team, and none: of clusters and of changes. */
const owners = ["payments", "search", "none"] as const;
type Owner = (typeof owners)[number];
type Subject = Role | "nobody";

const now = new Date("2026-11-24T12:00:00Z");
const subjects: Subject[] = [...roles, "nobody"];
const actorOf = (subject: Subject): Actor => ({
  userId: subject,
  login: "lena.k",
  name: "Lena",
  image: null,
  roles: subject === "nobody" ? [] : [subject],
  teams: ["payments"],
});

/** Decisions §4: viewer, approver and platform engineer see the fleet; a requester alone his team's; nobody else. */
const seen: Record<Subject, readonly Owner[]> = {
  viewer: owners,
  requester: ["payments"],
  approver: owners,
  "platform-engineer": owners,
  nobody: [],
};
const cells = subjects.flatMap((subject) =>
  owners.map((owner) => [subject, owner, seen[subject].includes(owner)] as const),
);

describe("what may be done to a change", () => {
  const verbs = ["see", "approve", "merge", "request-changes", "close"] as const;
  const may: Record<Subject, readonly ChangeVerb[]> = {
    viewer: ["see"],
    requester: ["see"],
    approver: verbs,
    "platform-engineer": ["see", "close"],
    nobody: [],
  };
  const target = (owner: Owner, more: Partial<ChangeTarget> = {}): ChangeTarget => ({
    number: 7,
    state: "open",
    draft: false,
    author: "somebody",
    requestedBy: null,
    teams: owner === "none" ? [] : [owner],
    ...more,
  });
  const all = cells.flatMap(([subject, owner, sees]) =>
    verbs.map((verb) => [subject, verb, owner, sees && may[subject].includes(verb)] as const),
  );

  test.each(all)("%s, %s, team %s: %s", (subject, verb, owner, expected) => {
    expect(can(actorOf(subject), verb, target(owner)).yes).toBe(expected);
  });

  test.each(subjects)("%s sees and closes his own whatever its team, and never approves it", (subject) => {
    const own = target("search", { author: "Lena.K" });
    expect(can(actorOf(subject), "see", own).yes).toBe(true);
    expect(can(actorOf(subject), "close", own).yes).toBe(true);
    expect(can(actorOf(subject), "approve", own).yes).toBe(false);
    expect(can(actorOf(subject), "approve", target("search", { requestedBy: "lena.k" })).yes).toBe(false);
  });
});

test.each(subjects.flatMap((subject) => ["payments", "search"].map((team) => [subject, team] as const)))(
  "%s asks for a cluster of %s only where the role and the team allow it",
  (subject, team) => {
    const requestable =
      subject === "platform-engineer" ? ["payments", "search"] : subject === "requester" ? ["payments"] : [];
    expect(can(actorOf(subject), "request-cluster", { team, requestable }).yes).toBe(
      requestable.includes(team),
    );
  },
);

describe("what may be seen and done in Settings", () => {
  const verbs = ["see-health", "see-jobs", "retry-job", "see-trail"] as const;
  const trail: readonly SettingsVerb[] = ["see-trail"];
  const may: Record<Subject, readonly SettingsVerb[]> = {
    viewer: trail,
    requester: trail,
    approver: trail,
    "platform-engineer": verbs,
    nobody: [],
  };
  const all = subjects.flatMap((subject) =>
    verbs.map((verb) => [subject, verb, may[subject].includes(verb)] as const),
  );

  test.each(all)("%s, %s: %s", (subject, verb, expected) => {
    expect(can(actorOf(subject), verb, "settings").yes).toBe(expected);
  });
});

describe("what is read, counted and heard", () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let db: Db;
  const clusterIds = new Map<Owner, string>();
  const changeIds = new Map<Owner, string>();
  const context = (subject: Subject): ReadContext => ({ db, now, actor: actorOf(subject) });
  const numberOf = (owner: Owner): number => owners.indexOf(owner) + 1;

  beforeAll(async () => {
    database = await testDatabase();
    db = openDb(database.url);
    const management = await db.managementCluster.create({
      data: { slug: "m", server: "x", lastContactAt: now },
    });
    const repository = await db.fleetRepository.create({ data: { fullName: "acme/fleet" } });
    for (const owner of owners) {
      clusterIds.set(owner, await addCluster(db, management.id, owner));
      changeIds.set(owner, await addChange(db, repository.id, owner, numberOf(owner)));
    }
  });

  afterAll(async () => {
    await db.$disconnect();
    await database.close();
  });

  test.each(cells)("%s reads the cluster and the change of %s: %s", async (subject, owner, expected) => {
    const ctx = context(subject);
    const files = () => Promise.resolve([]);
    expect((await findCluster(ctx, `${owner}-1`, files)) !== null).toBe(expected);
    expect((await findChange(ctx, numberOf(owner))) !== null).toBe(expected);
  });

  test.each(subjects)(
    "%s: lists, searches, facets, counts and the overview name what he sees, no more",
    async (subject) => {
      const ctx = context(subject);
      const names = seen[subject].map((owner) => `${owner}-1`).sort();
      const params: ClusterListParams = {
        text: "",
        filters: {},
        sort: "name",
        descending: false,
        page: 1,
        pageSize: 50,
      };
      const list = await listClusters(ctx, params);
      expect(list.rows.map(({ name }) => name).sort()).toEqual(names);
      expect([list.total, list.matched]).toEqual([names.length, names.length]);
      const hidden = owners.filter((owner) => !seen[subject].includes(owner));
      for (const owner of hidden) {
        expect((await listClusters(ctx, { ...params, text: `${owner}-1` })).matched).toBe(0);
        expect(JSON.stringify([list, await getFleetOverview(ctx)])).not.toContain(`${owner}-1`);
      }
      const changes = await listChanges(ctx, { state: "open", text: "", page: 1, pageSize: 50 });
      expect(changes.rows.map(({ number }) => number).sort()).toEqual(seen[subject].map(numberOf));
      expect(changes.counts.open).toBe(names.length);
      const { counts } = await getShell(ctx);
      expect(counts).toMatchObject({ clusters: names.length, openChanges: names.length });
    },
  );

  test.each(cells)("%s hears of the cluster and the change of %s: %s", async (subject, owner, expected) => {
    const audienceOf = createAudienceFinder(db);
    for (const [topic, id] of [
      ["cluster", clusterIds.get(owner)],
      ["flux", clusterIds.get(owner)],
      ["change", changeIds.get(owner)],
    ] as const) {
      const audience = await audienceOf({ topic, id: id ?? "" });
      expect(mayHear(actorOf(subject), audience)).toBe(expected);
    }
  });

  test("a forged topic or an id of nothing is told to wide roles at most", async () => {
    const audienceOf = createAudienceFinder(db);
    for (const message of [
      { topic: "secrets", id: "x" },
      { topic: "cluster", id: "not-an-id" },
      { topic: "change", id: "00000000-0000-7000-8000-000000000000" },
    ]) {
      const audience = await audienceOf(message);
      expect(mayHear(actorOf("requester"), audience)).toBe(false);
      expect(mayHear(actorOf("nobody"), audience)).toBe(false);
    }
  });

  test("a move is heard on both sides, once", async () => {
    const audienceOf = createAudienceFinder(db);
    const id = clusterIds.get("payments") ?? "";
    await audienceOf({ topic: "cluster", id });
    await db.cluster.update({ where: { id }, data: { team: "search" } });
    try {
      expect(mayHear(actorOf("requester"), await audienceOf({ topic: "cluster", id }))).toBe(true);
      expect(mayHear(actorOf("requester"), await audienceOf({ topic: "cluster", id }))).toBe(false);
    } finally {
      await db.cluster.update({ where: { id }, data: { team: "payments" } });
    }
  });
});

async function addCluster(db: Db, managementClusterId: string, owner: Owner): Promise<string> {
  const axis = { lifecycle: "Ready", lifecycleSince: now, health: "Healthy", healthSince: now };
  const mark = { tone: "healthy", rank: 10, word: "Healthy", markSince: now };
  const name = `${owner}-1`;
  const team = owner === "none" ? null : owner;
  const data = {
    managementClusterId,
    namespace: name,
    name,
    team,
    provider: "AKS",
    live: true,
    ...axis,
    ...mark,
  };
  return (await db.cluster.create({ data })).id;
}

async function addChange(db: Db, repositoryId: string, owner: Owner, number: number): Promise<string> {
  const side = { headRef: "h", headSha: "h", baseRef: "main", baseSha: "b" };
  const data = {
    repositoryId,
    number,
    title: `Edit ${owner}-1`,
    body: "",
    state: "open",
    author: "somebody",
    url: `https://forge.example/acme/fleet/pull/${String(number)}`,
    ...side,
    openedAt: now,
    updatedAt: now,
    clusters: [`${owner}-1`],
    teams: owner === "none" ? [] : [owner],
  };
  return (await db.change.create({ data })).id;
}

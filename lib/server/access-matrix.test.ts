import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actorOf, cells, owners, seen, subjects, teams } from "../domain/access/testing/matrix.ts";
import type { Subject } from "../domain/access/testing/matrix.ts";
import type { ReadContext } from "../queries/context.ts";
import { findChange } from "../queries/find-change.ts";
import { findCluster } from "../queries/find-cluster.ts";
import { getFleetOverview } from "../queries/fleet-overview.ts";
import { listAudit } from "../queries/list-audit.ts";
import { listChanges } from "../queries/list-changes.ts";
import { listClusters } from "../queries/list-clusters.ts";
import { getShell } from "../queries/shell.ts";
import type { ClusterListParams } from "../queries/views.ts";
import { createAudienceFinder, mayHear } from "./live/audience.ts";
import { accessWorld, type AccessWorld } from "./testing/access-world.ts";

let world: AccessWorld;
beforeAll(async () => {
  world = await accessWorld();
});
afterAll(() => world.close());

const context = (subject: Subject): ReadContext => ({
  db: world.db,
  now: world.now,
  actor: actorOf(subject),
});
const noFiles = () => Promise.resolve([]);
const page = { text: "", page: 1, pageSize: 50 };
const clusters: ClusterListParams = { ...page, filters: {}, sort: "name", descending: false };
const trail = { person: "", cluster: "", change: null, page: 1, pageSize: 50 };

/** Below the team nothing hangs on whose cluster it is: each cell holds for one's own and for another's. */
const rows = cells.flatMap(([subject, team, sees]) =>
  owners.map((owner) => [subject, team, owner, sees] as const),
);

test.each(rows)("%s reads of team %s the cluster of %s and its change: %s", async (...row) => {
  const [subject, team, owner, expected] = row;
  const { name, number } = world.of(team, owner);
  const ctx = context(subject);
  expect((await findCluster(ctx, name, noFiles)) !== null).toBe(expected);
  expect((await findChange(ctx, number)) !== null).toBe(expected);
});

test.each(subjects.flatMap((subject) => teams.map((team) => [subject, team] as const)))(
  "%s may do to a change of team %s the same whether he asked for its cluster or another did",
  async (subject, team) => {
    const ctx = context(subject);
    const [own, others] = await Promise.all(
      owners.map(async (owner) => (await findChange(ctx, world.of(team, owner).number))?.actions),
    );
    expect(own).toEqual(others);
  },
);

test.each(subjects)(
  "%s: lists, searches, counts, overview and trail name what he sees, no more",
  async (subject) => {
    const ctx = context(subject);
    const all = teams.flatMap((team) => owners.map((owner) => ({ team, ...world.of(team, owner) })));
    const visible = all.filter(({ team }) => seen[subject].includes(team));
    const names = visible.map(({ name }) => name).sort();
    const numbers = visible.map(({ number }) => number);
    const list = await listClusters(ctx, clusters);
    expect(list.rows.map(({ name }) => name).sort()).toEqual(names);
    expect([list.total, list.matched]).toEqual([names.length, names.length]);
    const overview = await getFleetOverview(ctx);
    for (const { name } of all.filter((one) => !visible.includes(one))) {
      expect((await listClusters(ctx, { ...clusters, text: name })).matched).toBe(0);
      expect(JSON.stringify([list, overview])).not.toContain(name);
    }
    const changes = await listChanges(ctx, { ...page, state: "open" });
    expect(changes.rows.map(({ number }) => number).sort()).toEqual(numbers);
    expect(changes.counts.open).toBe(numbers.length);
    const { counts } = await getShell(ctx);
    expect(counts).toMatchObject({ clusters: names.length, openChanges: numbers.length });
    const audit = await listAudit(ctx, trail);
    expect(audit?.rows.map(({ change }) => change).sort() ?? []).toEqual(numbers);
    expect(audit?.matched ?? 0).toBe(numbers.length);
  },
);

test("his own change is read, listed, counted and heard of whatever its team; its cluster is not for that", async () => {
  const { name, number, changeId, clusterId } = world.of("search", "lena.k");
  const where = { id: changeId };
  await world.db.change.update({ where, data: { requestedBy: "lena.k" } });
  try {
    const audienceOf = createAudienceFinder(world.db);
    for (const [subject, sees] of [
      ["requester", true],
      ["nobody", false],
    ] as const) {
      const ctx = context(subject);
      expect((await findChange(ctx, number)) !== null, subject).toBe(sees);
      const { rows: list, counts } = await listChanges(ctx, { ...page, state: "open" });
      expect(list.some((one) => one.number === number)).toBe(sees);
      expect(counts.open).toBe(sees ? seen[subject].length * owners.length + 1 : 0);
      expect(mayHear(ctx.actor, await audienceOf({ topic: "change", id: changeId }))).toBe(sees);
      expect(await findCluster(ctx, name, noFiles)).toBeNull();
      expect(mayHear(ctx.actor, await audienceOf({ topic: "cluster", id: clusterId }))).toBe(false);
    }
  } finally {
    await world.db.change.update({ where, data: { requestedBy: null } });
  }
});

describe("what is heard", () => {
  test.each(rows)("%s hears of team %s the cluster of %s and its change: %s", async (...row) => {
    const [subject, team, owner, expected] = row;
    const { clusterId, changeId } = world.of(team, owner);
    const audienceOf = createAudienceFinder(world.db);
    for (const [topic, id] of [
      ["cluster", clusterId],
      ["flux", clusterId],
      ["change", changeId],
    ] as const) {
      expect(mayHear(actorOf(subject), await audienceOf({ topic, id })), topic).toBe(expected);
    }
  });

  test("a forged topic or an id of nothing is told to wide roles at most", async () => {
    const audienceOf = createAudienceFinder(world.db);
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

  test.each(owners)(
    "a move of the cluster of %s and its change is heard on both sides, once",
    async (owner) => {
      const { clusterId, changeId } = world.of("payments", owner);
      const move = async (team: string): Promise<void> => {
        await world.db.cluster.update({ where: { id: clusterId }, data: { team } });
        await world.db.change.update({ where: { id: changeId }, data: { teams: [team] } });
      };
      const audienceOf = createAudienceFinder(world.db);
      const requester = actorOf("requester");
      const search = { ...requester, teams: ["search"] };
      // Nothing was said of them since this process began: whose they were is known all the same.
      const hear = async (topic: string, id: string): Promise<boolean[]> => {
        const audience = await audienceOf({ topic, id });
        return [requester, search].map((one) => mayHear(one, audience));
      };
      await hear("cluster", world.of("none", owner).clusterId);
      await move("search");
      try {
        for (const [topic, id] of [
          ["cluster", clusterId],
          ["change", changeId],
        ] as const) {
          expect(await hear(topic, id), topic).toEqual([true, true]);
          expect(await hear(topic, id), topic).toEqual([false, true]);
        }
      } finally {
        await move("payments");
      }
    },
  );
});

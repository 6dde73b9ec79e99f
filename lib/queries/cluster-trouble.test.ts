import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../db/client.ts";
import type { ReadContext } from "./context.ts";
import { findCluster } from "./find-cluster.ts";
import { getFleetOverview } from "./fleet-overview.ts";
import { listClusters } from "./list-clusters.ts";
import type { TextPart } from "./views.ts";

const now = new Date("2026-11-24T12:00:00Z");
const since = new Date("2026-11-24T11:51:00Z");
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
let ctx: ReadContext;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  const actor = { userId: randomUUID(), login: "v", name: "V", image: null, roles: [], teams: [] };
  ctx = { db, now, actor: { ...actor, roles: ["viewer"] } };
  const { id: managementClusterId } = await db.managementCluster.create({
    data: { slug: "m", server: "https://x", lastContactAt: now, syncedAt: since },
  });
  await db.fleetRepository.create({ data: { fullName: "acme/fleet", headSha: "b82f117".padEnd(40, "0") } });
  const cluster = (name: string, more: Record<string, unknown>) => ({
    managementClusterId,
    namespace: name,
    name,
    uid: randomUUID(),
    live: true,
    inGit: true,
    provider: "AKS",
    lifecycle: "Ready",
    lifecycleSince: since,
    health: "Healthy",
    healthSince: since,
    tone: "suspended",
    rank: 9,
    word: "Paused",
    cause: "by spec.paused on the Cluster",
    markSince: since,
    ...more,
  });
  const paused = (message: string) => ({
    lifecycle: "Paused",
    conditions: [{ type: "Paused", status: "True", reason: "Paused", message }],
  });
  const behind = {
    tone: "attention",
    rank: 6,
    word: "Behind",
    cause: "3 commits behind",
    causeKey: "behind",
    behindBy: 3,
    behindSince: since,
    revision: "4e1c09a".padEnd(40, "0"),
  };
  await db.cluster.createMany({
    data: [
      cluster("late-1", behind),
      cluster("held-1", paused("Cluster spec.paused is set to true")),
      cluster("noted-1", paused("Cluster has the cluster.x-k8s.io/paused annotation")),
    ],
  });
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

const text = (parts: readonly TextPart[] | undefined) => parts?.map((part) => part.text).join("");
const page = (name: string, spec = "") =>
  findCluster(ctx, name, () => {
    const content = `apiVersion: cluster.x-k8s.io/v1beta2\nkind: Cluster\nspec: {${spec}}\n`;
    return Promise.resolve([{ path: `clusters/${name}/cluster.yaml`, content, commit: null, url: "" }]);
  });

test("the overview says where a cluster is that stays behind, and last what is held still", async () => {
  const { trouble } = await getFleetOverview(ctx);
  expect(trouble.map(({ title, sentence, since: at }) => [title, text(sentence), at])).toEqual([
    ["3 commits behind", "late-1 · still at 4e1c09a, main is b82f117.", since.toISOString()],
    ["Paused", "held-1 and noted-1 · by spec.paused on the Cluster.", since.toISOString()],
  ]);
  const cluster = await page("late-1");
  expect(text(cluster?.sentence)).toBe("3 commits, still at 4e1c09a, main is b82f117");
  expect(cluster?.trouble?.title).toBe("3 commits behind main");
  expect(text(cluster?.trouble?.sentence)).toContain("source is held at a commit");
});

test("every line of the overview opens exactly its clusters; one that is over says so", async () => {
  const params = { text: "", filters: {}, sort: "name", descending: false, page: 1, pageSize: 50 } as const;
  const { trouble } = await getFleetOverview(ctx);
  expect(trouble.length).toBeGreaterThan(0);
  for (const { key, clusters } of trouble) {
    const { rows, cause } = await listClusters(ctx, { ...params, cause: key });
    expect(rows.map(({ slug }) => slug)).toEqual(clusters.map(({ slug }) => slug));
    expect(cause?.key).toBe(key);
  }
  expect(await listClusters(ctx, { ...params, cause: "gone" })).toMatchObject({ matched: 0, cause: null });
  expect(await listClusters(ctx, params)).not.toHaveProperty("cause");
});

test.each([
  [
    "held-1",
    "paused: true",
    "By spec.paused. clusters/held-1/cluster.yaml says so: to resume, take it out there by a pull request.",
  ],
  [
    "held-1",
    "",
    "By spec.paused. Git does not say so: it was set by hand. To resume, write paused: false under spec in " +
      "clusters/held-1/cluster.yaml by a pull request; Flux then sets it.",
  ],
  [
    "noted-1",
    "",
    /^By annotation .* kubectl annotate cluster -n noted-1 noted-1 cluster\.x-k8s\.io\/paused-\.$/,
  ],
])("a paused cluster (%s, spec {%s}) says what pauses it and how to resume", async (name, spec, sentence) => {
  const cluster = await page(name, spec);
  expect(cluster?.trouble?.tone).toBe("suspended");
  const said = text(cluster?.trouble?.sentence);
  if (typeof sentence === "string") expect(said).toBe(sentence);
  else expect(said).toMatch(sentence);
});

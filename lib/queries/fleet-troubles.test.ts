import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../db/client.ts";
import type { ReadContext } from "./context.ts";
import { findCluster } from "./find-cluster.ts";
import { getFleetOverview } from "./fleet-overview.ts";
import type { TextPart } from "./views.ts";

const now = new Date("2026-11-24T12:00:00Z");
const since = new Date("2026-11-24T11:51:00Z");
const refused =
  "failed to checkout and determine revision: unable to list remote for 'http://127.0.0.1:9780/fleet.git': Get " +
  '"http://127.0.0.1:9780/fleet.git/info/refs?service=git-upload-pack": dial tcp 127.0.0.1:9780: connect: ' +
  "connection refused";
const missing =
  "kustomize build failed: accumulating resources: accumulation err='accumulating resources from 'missing.yaml': open " +
  "/tmp/kustomization-1969244031/clusters/dev-eus-1/missing.yaml: no such file or directory': must build at directory";
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
let ctx: ReadContext;
let managementClusterId: string;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  const actor = { userId: randomUUID(), login: "v", name: "V", image: null, teams: [] };
  ctx = { db, now, actor: { ...actor, roles: ["viewer"] } };
  const management = { slug: "m", server: "https://x", lastContactAt: now, syncedAt: since };
  ({ id: managementClusterId } = await db.managementCluster.create({ data: management }));
});
beforeEach(async () => {
  await db.fluxObject.deleteMany();
  await db.cluster.deleteMany();
});
afterAll(async () => {
  await db.$disconnect();
  await database.close();
});

async function cluster(name: string, more: Record<string, unknown> = {}): Promise<string> {
  const common = {
    managementClusterId,
    namespace: name,
    name,
    uid: randomUUID(),
    live: true,
    provider: "AKS",
  };
  const states = { lifecycle: "Ready", lifecycleSince: since, health: "Healthy", healthSince: since };
  const mark = { tone: "healthy", rank: 10, word: "Healthy", markSince: since, fluxTotal: 5, fluxSynced: 4 };
  const { id } = await db.cluster.create({ data: { ...common, ...states, ...mark, ...more } });
  return id;
}

async function flux(
  clusterId: string | null,
  kind: string,
  name: string,
  more: Record<string, unknown> = {},
) {
  const home = clusterId === null ? "management" : "workload";
  const place = { managementClusterId, clusterId, home, homeKey: clusterId ?? "management" };
  const object = { kind, apiVersion: "v1", namespace: "flux-system", name, uid: randomUUID() };
  const state = { sync: "Failing", message: refused, since, revision: "main@sha1:4e1c09a" };
  await db.fluxObject.create({ data: { ...place, ...object, ...state, ...more } });
}

const text = (parts: readonly TextPart[] | undefined) => parts?.map((part) => part.text).join("");
const page = (name: string) => findCluster(ctx, name, () => Promise.resolve([]));

test("Git down is one cause over all sources; clusters and their own troubles stay what they are", async () => {
  const well = await cluster("dev-1", { cause: "revision is old: Git repository cannot be fetched" });
  const sick = await cluster("dev-2", {
    tone: "attention",
    rank: 4,
    word: "Unhealthy",
    cause: "web",
    causeKey: "w",
  });
  const held = { tone: "suspended", rank: 9, word: "Paused", cause: "by hand" };
  const paused = await cluster("dev-3", held);
  for (const name of ["flux-system", "fleet", "platform"]) await flux(null, "GitRepository", name);
  for (const id of [well, sick, paused]) await flux(id, "GitRepository", "fleet-infra");
  await flux(sick, "Kustomization", "apps", { sync: "Unhealthy", message: "not ready" });

  const { trouble, summary } = await getFleetOverview(ctx);
  expect(trouble.map(({ title, clusters }) => [title, clusters.map(({ name }) => name)])).toEqual([
    ["Git repository cannot be fetched", ["dev-1", "dev-2", "dev-3"]],
    ["web", ["dev-2"]],
    ["Paused", ["dev-3"]],
  ]);
  expect(text(trouble[0]?.sentence)).toMatch(
    /^the management cluster, dev-1 and 2 more · .* failing: connection refused by 127\.0\.0\.1:9780\. What was/,
  );
  expect(summary.find(({ tone }) => tone === "failed")?.count).toBe(0);
  const shown = await page("dev-1");
  expect(shown?.mark.word).toBe("Healthy");
  expect(text(shown?.trouble?.sentence)).toBe(
    "GitRepository flux-system/fleet-infra says: Connection refused by 127.0.0.1:9780. What was fetched last stays " +
      "applied. Its revision is old: main@sha1:4e1c09a.",
  );
});

test("a build that lacks a file names it, and every Kustomization it fails", async () => {
  const title = "missing.yaml, listed in clusters/dev-eus-1/kustomization.yaml, is not there";
  const mark = { tone: "failed", rank: 4, word: "Failing", cause: title, causeKey: "missing" };
  const id = await cluster("dev-eus-1", mark);
  const built = { message: missing, reason: "BuildFailed" };
  for (const name of ["apps", "cluster"]) await flux(id, "Kustomization", name, built);
  await flux(id, "Kustomization", "other", { message: "something else" });
  const { trouble } = await getFleetOverview(ctx);
  expect(trouble).toHaveLength(1);
  expect(trouble[0]?.title).toBe(title);
  expect(trouble[0]?.objects.map(({ label, cluster }) => [label, cluster])).toEqual([
    ["Kustomization flux-system/apps", "dev-eus-1"],
    ["Kustomization flux-system/cluster", "dev-eus-1"],
  ]);
  expect(trouble[0]?.explanation?.fix.length).toBeGreaterThan(0);
  const stays = "kustomize finds no clusters/dev-eus-1/missing.yaml, so what was applied before stays.";
  expect(text(trouble[0]?.sentence)).toBe(`dev-eus-1 · apps and cluster failing: ${stays}`);
  const shown = await page("dev-eus-1");
  expect(shown?.trouble?.title).toBe(title);
  expect(shown?.trouble?.explanation).toEqual(trouble[0]?.explanation);
  expect(shown?.trouble?.objects?.map(({ id }) => id)).toEqual(trouble[0]?.objects.map(({ id }) => id));
  expect(text(shown?.trouble?.sentence)).toBe(
    `Kustomizations flux-system/apps and flux-system/cluster say: K${stays.slice(1)}`,
  );
});

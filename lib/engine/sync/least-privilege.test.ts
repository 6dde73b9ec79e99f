import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { KubeClient } from "../../kubernetes/client.ts";
import { openWorkload } from "../../kubernetes/open-workload.ts";
import { applyRbac } from "./testing/apply-rbac.ts";
import { connectionTo } from "./testing/sync-world.ts";
import { startWorkloadWorld } from "./testing/workload-world.ts";

let world: Awaited<ReturnType<typeof startWorkloadWorld>>;
let management: KubeClient;

const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });
const tokenSchema = z.object({ status: z.object({ token: z.string() }) });
const reviewed = z.object({ status: z.object({ userInfo: z.object({ username: z.string() }) }) });

beforeAll(async () => {
  world = await startWorkloadWorld();
  await world.namespace("flux-system");
  await applyRbac(world.client, "management.yaml");
  for (const name of ["near", "other"]) await world.addCluster(name);
  await applyRbac(world.client, "cluster-access.yaml", "near");
  await applyRbac(world.clientOf("near"), "workload.yaml");
  await world.report("near", { status: "True", reason: "ReconciliationSucceeded" });
  const admin = new KubeClient(world.connect());
  const path = "/api/v1/namespaces/flux-system/serviceaccounts/fleetwright/token";
  const spec = { expirationSeconds: 3_600 };
  const answer = await admin.post(path, {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec,
  });
  await admin.connection.close();
  const { token } = tokenSchema.parse(answer).status;
  management = new KubeClient(connectionTo(world.api.url, { ca: world.api.ca }, token));
  world.sync({
    workloadAccess: "token",
    management: { slug: "management", connection: management.connection },
  });
});
afterAll(async () => {
  await world.close();
  await management.connection.close();
});

test("with deploy/rbac and nothing more every kind is read, on the management cluster and by a token of its own", async () => {
  await until(async () => expect(await world.row("near")).toMatchObject({ contact: "ok", missingRules: [] }));
  await until(async () => expect(await world.applications("near")).toMatchObject({ sync: "Synced" }));
  const row = await world.db.managementCluster.findFirstOrThrow();
  const states = row.kinds as unknown as { kind: string; state: string }[];
  expect(states.filter(({ state }) => state !== "synced" && state !== "absent")).toEqual([]);
});

test("a cluster whose namespace grants us nothing is not readable, and says which permission it takes", async () => {
  await until(async () => expect(await world.row("other")).toMatchObject({ contact: "not-readable" }));
  expect((await world.row("other")).contactMessage).toMatch(/other-kubeconfig.*forbidden/);
});

test("no Secret but the cluster's own kubeconfig can be read, and none listed", async () => {
  const secrets = "/api/v1/namespaces/near/secrets";
  await expect(management.get(`${secrets}/near-kubeconfig`)).resolves.toBeDefined();
  await expect(management.get(secrets)).rejects.toMatchObject({ status: 403 });
  await expect(management.get(`${secrets}/near-ca`)).rejects.toMatchObject({ status: 403 });
});

test("of a Flux object the portal may set the one annotation that asks to reconcile, and change nothing else", async () => {
  const workload = await openWorkload({
    management,
    cluster: { namespace: "near", name: "near" },
    access: "token",
    deadlineMs: 5_000,
  });
  if (!workload) throw new Error("no kubeconfig");
  const client = new KubeClient(workload.connection);
  const path = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/applications";
  const annotations = (map: Record<string, string>) => ({ metadata: { annotations: map } });
  await expect(
    client.patch(path, annotations({ "reconcile.fluxcd.io/requestedAt": "now" })),
  ).resolves.toMatchObject({ kind: "Kustomization" });
  const refused = { spec: { path: "./elsewhere" } };
  await expect(client.patch(path, refused)).rejects.toThrow(/portal may not change spec/);
  await expect(client.patch(path, annotations({ "a.b/c": "d" }))).rejects.toThrow(/only reconcile/);
  await expect(client.patch("/api/v1/namespaces/flux-system/secrets/x", {})).rejects.toMatchObject({
    status: 403,
  });
  await workload.connection.close();
});

test("a token is renewed at half its life, not before, and is never the administrator's", async () => {
  let minutes = 0;
  const workload = await openWorkload({
    management,
    cluster: { namespace: "near", name: "near" },
    access: "token",
    deadlineMs: 5_000,
    ticks: () => minutes * 60_000,
  });
  if (!workload) throw new Error("no kubeconfig");
  const { connection, renew } = workload;
  const bearer = async () => (await connection.headers())["authorization"] ?? "";
  const first = await bearer();
  minutes = 29;
  expect([await renew(), await bearer()]).toEqual([true, first]);
  minutes = 31;
  expect(await renew()).toBe(true);
  const second = await bearer();
  expect(second).not.toBe(first);
  minutes = 60;
  expect([await renew(), await bearer()]).toEqual([true, second]);
  minutes = 62;
  expect(await renew()).toBe(true);
  expect(await bearer()).not.toBe(second);

  const kind = "SelfSubjectReview";
  const body = { apiVersion: "authentication.k8s.io/v1", kind };
  const who = new KubeClient(connection);
  const answer = await who.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", body);
  expect(reviewed.parse(answer).status.userInfo.username).toBe(
    "system:serviceaccount:flux-system:fleetwright",
  );
  await connection.close();
});

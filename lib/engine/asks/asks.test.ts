import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { kindsUsed } from "../sync/testing/sync-world.ts";
import { startWorkloadWorld } from "../sync/testing/workload-world.ts";
import type { Actor } from "../../domain/access/actor.ts";
import { lookAtObject } from "../../usecases/reconciliation/look-at-object.ts";
import { reconcileObjects } from "../../usecases/reconciliation/reconcile-objects.ts";

const annotation = "reconcile.fluxcd.io/requestedAt";
const nadia: Actor = {
  userId: "1",
  login: "nadia",
  name: "Nadia",
  image: null,
  roles: ["platform-engineer"],
  teams: [],
};
const lena: Actor = { ...nadia, login: "lena.k", roles: ["requester"], teams: ["search"] };

let world: Awaited<ReturnType<typeof startWorkloadWorld>>;
const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });
const ctx = (actor: Actor, waitMs = 10_000) => ({ actor, now: new Date(), db: world.db, waitMs });
let id = "";

beforeAll(async () => {
  world = await startWorkloadWorld();
  await world.addCluster("near");
  await world.report("near", { status: "True", reason: "ReconciliationSucceeded" });
  world.sync();
  await until(async () => expect(await world.applications("near")).toMatchObject({ sync: "Synced" }));
  id = (await world.applications("near"))?.id ?? "";
});
afterAll(() => world.close());

const live = () => world.clientOf("near").get(kindsUsed.kustomization, "applications", "flux-system");

test("a named person has an object reconciled: one annotation, and his name in the audit trail", async () => {
  const before = await live();
  const result = await reconcileObjects(ctx(nadia), { ids: [id] });
  expect(result).toEqual({ ok: true, value: { asked: 1, failed: [] } });
  const after = await live();
  const value = after.metadata.annotations?.[annotation];
  expect(value).toMatch(/^\d{4}-/);
  expect(after["spec"]).toEqual(before["spec"]);
  expect(await world.db.auditEvent.findMany({ where: { action: "flux.reconcile" } })).toMatchObject([
    {
      actor: "nadia",
      target: "Kustomization flux-system/applications",
      cluster: "near",
      team: "payments",
      detail: { requestedAt: value },
    },
  ]);
  await until(async () =>
    expect(await world.applications("near")).toMatchObject({ requestedAt: value, handledAt: null }),
  );
});

test("another team's object is not there, for reconciling and for looking", async () => {
  expect(await reconcileObjects(ctx(lena), { ids: [id] })).toMatchObject({ ok: false, code: "not-found" });
  expect(await lookAtObject(ctx(lena), { id, verb: "object" })).toMatchObject({
    ok: false,
    code: "not-found",
  });
  const viewer: Actor = { ...nadia, roles: ["viewer"] };
  expect(await reconcileObjects(ctx(viewer), { ids: [id] })).toMatchObject({ ok: false, code: "forbidden" });
});

test("an object is shown as its API server has it, without what may be secret", async () => {
  const result = await lookAtObject(ctx(nadia), { id, verb: "object" });
  expect(result).toMatchObject({
    ok: true,
    value: { kind: "Kustomization", metadata: { name: "applications" } },
  });
  expect(JSON.stringify(result)).not.toContain("managedFields");
});

test("its events are those of this object", async () => {
  expect(await lookAtObject(ctx(nadia), { id, verb: "events" })).toEqual({ ok: true, value: [] });
});

test("an API server that does not answer is a sentence, and nothing goes into the audit trail", async () => {
  await world.setFault("near", "reset");
  const result = await reconcileObjects(ctx(nadia), { ids: [id] });
  expect(result).toMatchObject({
    ok: true,
    value: { asked: 0, failed: [{ name: "Kustomization applications" }] },
  });
  expect(await world.db.auditEvent.count({ where: { action: "flux.reconcile" } })).toBe(1);
  await world.setFault("near", "none");
});

test("nobody may have the fleet reconciled as fast as he can click", async () => {
  const row = { managementClusterId: (await world.row("near")).managementClusterId, clusterId: null };
  await world.db.ask.createMany({
    data: Array.from({ length: 200 }, () => ({
      ...row,
      verb: "reconcile",
      target: {},
      login: "nadia",
      state: "done",
    })),
  });
  expect(await reconcileObjects(ctx(nadia), { ids: [id] })).toMatchObject({
    ok: false,
    code: "rate-limited",
  });
});

test.each([{ ids: [] }, { ids: ["x"] }, {}, null])(
  "what is no choice of objects is refused: %j",
  async (input) => {
    expect(await reconcileObjects(ctx(nadia), input)).toMatchObject({ ok: false, code: "invalid" });
  },
);

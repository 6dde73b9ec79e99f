import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChangeRecord, saveChange } from "../../db/changes.ts";
import type { ChangeRecord } from "../../db/changes.ts";
import { notePollError, saveRepositoryContact } from "../../db/repository.ts";
import type { ChangeWorld } from "../../changes/change-world.ts";
import type { BuildFleet } from "../../changes/checks/build-fleet.ts";
import { runChecks } from "../../changes/checks/run-checks.ts";
import { readChange } from "../../changes/read-change.ts";
import { startChangeStack, type ChangeStack } from "../../changes/testing/change-stack.ts";
import { smallFleet } from "../../changes/testing/connect-world.ts";
import { findChange } from "../../queries/find-change.ts";
import { listChanges } from "../../queries/list-changes.ts";
import { createCluster } from "../clusters/create-cluster.ts";

let stack: ChangeStack;

beforeAll(async () => {
  stack = await startChangeStack();
  await stack.world.mirror.fetch();
});

afterAll(() => stack.close());

async function asked(name: string): Promise<ChangeRecord> {
  const parameters = {
    ...{ name, team: "payments", purpose: "For the tests", environment: "development" },
    ...{ region: "westeurope", kubernetesVersion: "v1.34.5" },
  };
  const request = { template: "dev", idempotencyKey: randomUUID(), parameters };
  const created = await createCluster(stack.ctx("pat"), request);
  if (!created.ok) throw new Error(created.message);
  const change = await readChange(stack.world, created.value.number);
  if (!change) throw new Error("not read");
  return change;
}

const approvalOf = async (change: ChangeRecord): Promise<string | null | undefined> =>
  (await stack.world.asApp.checks(change.headSha)).find(({ name }) => name === "fleetwright/approval")
    ?.conclusion;

/** A world whose builds end when told. */
function slowWorld(): { world: ChangeWorld; asked: () => number[]; finish: () => void } {
  const trees = new Map<string, number>();
  let finish = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const buildFleet: BuildFleet = async (tree) => {
    trees.set(tree, (trees.get(tree) ?? 0) + 1);
    await gate;
    return [smallFleet];
  };
  const mirror = { ...stack.world.mirror };
  return { world: { ...stack.world, mirror, buildFleet }, asked: () => [...trees.values()], finish };
}

describe("runChecks", () => {
  it("builds once for all who ask, and judges the reviews as they are when it writes", async () => {
    const change = await asked("shared-1");
    const { world, asked: askedFor, finish } = slowWorld();
    const pass = runChecks(world, change);
    // The merged tree by two checks, the base by one.
    await expect.poll(askedFor).toEqual([2, 1]);
    await stack.ctx("nadia").asPerson.review(change.number, {
      event: "approve",
      body: "",
      headSha: change.headSha,
    });
    const fresh = await readChange(world, change.number);
    const click = runChecks(world, fresh ?? change);
    finish();
    // Whichever writes last, the approval given meanwhile stays.
    await Promise.all([pass, click]);
    expect(askedFor()).toEqual([2, 1]);
    expect(await approvalOf(change)).toBe("success");
  });

  it("judges anew where another replica read a review while this one wrote", async () => {
    const change = await asked("replica-1");
    const { asApp } = stack.world;
    let isFirst = true;
    const late: typeof asApp = {
      ...asApp,
      // Asked between the judging and the writing.
      checks: async (sha) => {
        if (isFirst) {
          isFirst = false;
          const { number, headSha } = change;
          await stack.ctx("nadia").asPerson.review(number, { event: "approve", body: "", headSha });
          await readChange(stack.world, number);
        }
        return asApp.checks(sha);
      },
    };
    await runChecks({ ...stack.world, asApp: late }, change);
    expect(await approvalOf(change)).toBe("success");
  });

  it("keeps no verdict that only says that we could not build", async () => {
    const change = await asked("unbuilt-1");
    let fails = true;
    const buildFleet: BuildFleet = () =>
      fails ? Promise.reject(new Error("disk full")) : Promise.resolve([smallFleet]);
    const world = { ...stack.world, buildFleet, mirror: { ...stack.world.mirror } };
    const conclusions = async () =>
      (await runChecks(world, change))
        ?.filter(({ name }) => /build|protect/.test(name))
        .map(({ conclusion }) => conclusion);
    expect(await conclusions()).toEqual([null, null]);
    fails = false;
    expect(await conclusions()).toEqual(["success", "success"]);
  });

  it("never lets an older reading of a pull request overwrite a newer one", async () => {
    const change = await asked("older-1");
    const { id, files, checks, reviews, readAt, ...data } = change;
    expect([reviews, checks.length >= 0, id.length]).toEqual([[], true, 36]);
    await saveChange(
      stack.db,
      { ...data, title: "Newer" },
      { files, reviews },
      new Date(readAt.getTime() + 5),
    );
    await saveChange(
      stack.db,
      { ...data, title: "Older" },
      { files, reviews },
      new Date(readAt.getTime() + 4),
    );
    const kept = await findChangeRecord(stack.db, stack.world.repository.id, change.number);
    expect(kept?.title).toBe("Newer");
  });
});

describe("a change of which the forge still computes whether it can be merged", () => {
  it("says so, and offers no merge that would fail", async () => {
    const change = await asked("unsure-1");
    await runChecks(stack.world, change);
    const see = async (mergeable: boolean | null) => {
      await stack.db.change.update({ where: { id: change.id }, data: { mergeable } });
      const reader = { db: stack.db, actor: stack.actor("nadia"), now: new Date() };
      const detail = await findChange(reader, change.number);
      return detail?.actions.find(({ action }) => action === "approve-and-merge");
    };
    const reason = "The forge still computes whether it can be merged.";
    expect(await see(null)).toEqual({ action: "approve-and-merge", allowed: false, reason });
    expect(await see(true)).toEqual({ action: "approve-and-merge", allowed: true, reason: null });
  });
});

describe("a change nobody has checked yet", () => {
  it("can be approved, but its merge is not offered", async () => {
    const change = await asked("early-1");
    await runChecks(stack.world, change);
    await stack.db.changeCheck.deleteMany({ where: { changeId: change.id } });
    const reader = { db: stack.db, actor: stack.actor("nadia"), now: new Date() };
    const detail = await findChange(reader, change.number);
    expect(detail?.actions).toEqual(
      expect.arrayContaining([
        { action: "approve", allowed: true, reason: null },
        { action: "merge", allowed: false, reason: "fleetwright/build has not started." },
        { action: "approve-and-merge", allowed: false, reason: "fleetwright/build has not started." },
      ]),
    );
    expect(detail).toMatchObject({ mark: { word: "Checking" }, trouble: null });
  });

  it("waits for the forge, by name, while that cannot be read: on its page and in the list", async () => {
    const change = await asked("early-2");
    await stack.db.changeCheck.deleteMany({ where: { changeId: change.id } });
    await notePollError(stack.db, "acme/fleet", "The forge is in trouble (503).");
    const reader = { db: stack.db, actor: stack.actor("nadia"), now: new Date() };
    const detail = await findChange(reader, change.number);
    expect(detail?.actions).toContainEqual({
      action: "merge",
      allowed: false,
      reason:
        "fleetwright/build has not started yet, because it waits for the forge: The forge is in trouble (503).",
    });
    const { rows } = await listChanges(reader, { state: "open", text: "early-2", page: 1, pageSize: 5 });
    for (const row of [detail, ...rows]) {
      expect(row?.mark.word).toBe("Waits for the forge");
      expect(row?.sentence).toBe("checks wait: The forge is in trouble (503)");
    }
    expect(rows).toHaveLength(1);
    await saveRepositoryContact(stack.db, stack.world.repository.id, { pollError: null });
  });
});

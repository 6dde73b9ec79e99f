import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startChangeStack, type ChangeStack } from "../../changes/testing/change-stack.ts";
import { syncChangesOnce } from "../../engine/changes/sync-changes-once.ts";
import { ForgeError, type Forge } from "../../forge/forge.ts";
import { createCluster } from "../clusters/create-cluster.ts";
import type { UseCaseContext } from "../context.ts";
import { approveAndMerge } from "./approve-and-merge.ts";
import { approveChange } from "./approve-change.ts";
import { closeChange } from "./close-change.ts";
import { requestChanges } from "./request-changes.ts";

let stack: ChangeStack;
let target: { number: number; headSha: string };

beforeAll(async () => {
  stack = await startChangeStack();
  await syncChangesOnce(stack.world);
  const parameters = {
    name: "midway",
    team: "payments",
    purpose: "For the tests",
    environment: "development",
    region: "westeurope",
    kubernetesVersion: "v1.34.5",
  };
  const request = { template: "dev", idempotencyKey: randomUUID(), parameters };
  const created = await createCluster(stack.ctx("pat"), request);
  if (!created.ok) throw new Error(created.message);
  const { number } = created.value;
  const pull = await stack.world.asApp.findPullRequest(number);
  target = { number, headSha: pull?.headSha ?? "" };
  await syncChangesOnce(stack.world, { force: true });
});

afterAll(() => stack.close());

const trouble = () =>
  Promise.reject(new ForgeError("unavailable", "The forge is in trouble (503).", { status: 503 }));

/** The portal's own calls fail, the person's do not but for the named ones. */
function midway(more: Partial<Forge> = {}): UseCaseContext {
  const ctx = stack.ctx("nadia");
  const asApp = { ...stack.world.asApp, findPullRequest: trouble };
  return { ...ctx, world: { ...ctx.world, asApp }, asPerson: { ...ctx.asPerson, ...more } };
}

const reviews = async () =>
  (await stack.world.asApp.reviews(target.number)).map(({ login, state }) => `${login} ${state}`);

it("a deed that is done is reported as done though it cannot be read back, and sent again not done twice", async () => {
  const asking = { ...target, comment: "Smaller, please." };
  expect(await requestChanges(midway(), asking)).toMatchObject({ ok: true });
  expect(await requestChanges(midway(), asking)).toMatchObject({ ok: true });
  expect(await approveChange(midway(), target)).toMatchObject({ ok: true });
  expect(await approveChange(midway(), target)).toMatchObject({ ok: true });
  expect(await reviews()).toEqual(["nadia changes-requested", "nadia approved"]);
});

it("an approval stands when the merge's answer is lost, and nobody is told that it was not merged", async () => {
  await syncChangesOnce(stack.world, { force: true });
  const ctx = stack.ctx("nadia");
  const asPerson = { ...ctx.asPerson, merge: trouble };
  expect(await approveAndMerge({ ...ctx, asPerson }, target)).toMatchObject({
    ok: false,
    code: "unavailable",
    message: expect.stringMatching(
      /^You approved it\. .*503.* Whether #\d+ was merged is not known yet/,
    ) as string,
  });
});

it("a change that is closed is reported as closed though its reason could not be written", async () => {
  const closed = await closeChange(midway({ comment: trouble }), { ...target, comment: "Not needed." });
  expect(closed).toMatchObject({
    ok: false,
    message: expect.stringMatching(
      /^You closed #\d+, but your reason was not written there\. .*503/,
    ) as string,
  });
  expect(await stack.world.asApp.findPullRequest(target.number)).toMatchObject({ state: "closed" });
});

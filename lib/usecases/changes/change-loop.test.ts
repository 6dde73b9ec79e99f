import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startChangeStack, type ChangeStack } from "../../changes/testing/change-stack.ts";
import { syncChangesOnce } from "../../engine/changes/sync-changes-once.ts";
import { createCluster } from "../clusters/create-cluster.ts";
import { previewCluster } from "../clusters/preview-cluster.ts";
import { approveAndMerge } from "./approve-and-merge.ts";
import { approveChange } from "./approve-change.ts";
import { mergeChange } from "./merge-change.ts";

let stack: ChangeStack;

const request = (name: string, more: Record<string, unknown> = {}) => ({
  template: "dev",
  parameters: {
    name,
    team: "payments",
    purpose: "Load test of the settlement service",
    environment: "development",
    expiresAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
    region: "westeurope",
    kubernetesVersion: "v1.34.5",
    ...more,
  },
});

beforeAll(async () => {
  stack = await startChangeStack();
  await syncChangesOnce(stack.world, { force: true });
});

afterAll(() => stack.close());

describe("from a form to the merge", () => {
  it("previews the files and the checks, and writes nothing", async () => {
    const preview = await previewCluster(stack.ctx("lena"), request("dev-pay-1"));
    if (!preview.ok) throw new Error(preview.message);
    expect(preview.value.errors).toEqual({});
    expect(preview.value.files.map(({ path }) => path).sort()).toEqual([
      "clusters/dev-pay-1/cluster.yaml",
      "clusters/dev-pay-1/flux-config.yaml",
      "clusters/management/fleet/dev-pay-1.yaml",
    ]);
    expect(await stack.world.asApp.findPullRequests("x")).toEqual([]);
  });

  it("opens one pull request, gets it approved and merged by somebody else", async () => {
    const created = await createCluster(stack.ctx("lena"), {
      ...request("dev-pay-2"),
      idempotencyKey: randomUUID(),
    });
    if (!created.ok) throw new Error(created.message);
    const { number } = created.value;
    const pull = await stack.world.asApp.findPullRequest(number);
    expect(pull).toMatchObject({ title: "Create dev-pay-2", author: "fleetwright[bot]", state: "open" });
    expect(pull?.body).toMatch(/^Requested-by: lena$/m);
    await syncChangesOnce(stack.world, { force: true });
    const headSha = pull?.headSha ?? "";

    const own = await approveAndMerge(stack.ctx("lena"), { number, headSha });
    expect(own).toMatchObject({ ok: false, code: "forbidden" });
    const alone = await mergeChange(stack.ctx("nadia"), { number, headSha });
    expect(alone).toMatchObject({ ok: false, code: "conflict" });
    expect(alone.ok ? "" : alone.message).toMatch(
      /Approval \(fleetwright\/approval\) waits: waits for 1 approver/,
    );

    const done = await approveAndMerge(stack.ctx("nadia"), { number, headSha });
    expect(done).toMatchObject({ ok: true });
    expect(await stack.world.asApp.findPullRequest(number)).toMatchObject({
      state: "merged",
      mergedBy: "nadia",
    });
    const checks = await stack.world.asApp.checks(headSha);
    expect(checks.map(({ name, conclusion, appId }) => [name, conclusion, appId]).sort()).toEqual([
      ["fleetwright/approval", "success", 4711],
      ["fleetwright/build", "success", 4711],
      ["fleetwright/policy", "success", 4711],
      ["fleetwright/protect", "success", 4711],
    ]);
    const again = await approveChange(stack.ctx("omar"), { number, headSha });
    expect(again).toMatchObject({
      ok: false,
      code: "conflict",
      message: `#${String(number)} is merged already.`,
    });
    await syncChangesOnce(stack.world, { force: true });
    const audit = await stack.db.auditEvent.findMany({ where: { change: number }, orderBy: { id: "asc" } });
    expect(audit.map(({ action, actor }) => [action, actor])).toEqual([
      ["change.open", "lena"],
      ["change.approve", "nadia"],
      ["change.merge", "nadia"],
    ]);
    const commits = await stack.db.commit.findMany({ orderBy: { position: "asc" } });
    expect(commits.map(({ title, changeNumber, position }) => [title, changeNumber, position])).toEqual([
      ["Start the fleet", null, 0],
      [`Create dev-pay-2 (#${String(number)})`, number, 1],
    ]);
  });
});

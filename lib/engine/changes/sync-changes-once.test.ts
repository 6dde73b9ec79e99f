import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { control } from "../../../sandbox/forge/testing/test-forge.ts";
import { startChangeStack, type ChangeStack } from "../../changes/testing/change-stack.ts";
import { smallFleet } from "../../changes/testing/connect-world.ts";
import { findChangeRecord } from "../../db/changes.ts";
import { findRepository } from "../../db/repository.ts";
import type { Forge } from "../../forge/forge.ts";
import { handleForgeWebhook } from "./handle-forge-webhook.ts";
import { startChanges } from "./start-changes.ts";
import { readProtection, syncChangesOnce } from "./sync-changes-once.ts";

let stack: ChangeStack;

beforeAll(async () => {
  stack = await startChangeStack();
  await syncChangesOnce(stack.world, { force: true });
});

afterAll(() => stack.close());

async function byHand(branch: string, files: Record<string, string | null>): Promise<number> {
  const forge = stack.ctx("pat").asPerson;
  const parent = await forge.findCommit((await forge.findBranch("main")) ?? "");
  if (!parent) throw new Error("no base");
  const commit = await forge.createCommit({ parent, files, message: branch });
  await forge.createBranch(branch, commit.sha);
  return (await forge.createPullRequest({ title: branch, body: "", head: branch, base: "main" })).number;
}

const stored = (number: number) => findChangeRecord(stack.db, stack.world.repository.id, number);

describe("syncChangesOnce", () => {
  it("writes what the repository says, and what its protection lacks", async () => {
    await readProtection(stack.world);
    const row = await findRepository(stack.db, "acme/fleet");
    expect(row).toMatchObject({ fetchError: null, pollError: null, protection: [] });
    expect((row?.templates as { name: string }[]).map(({ name }) => name)).toEqual(["aks-standard", "dev"]);
    expect(row?.config).toMatchObject({ version: 1, approvals: { default: 1, production: 2 } });
  });

  it("finds a hand-made pull request by polling alone and gives it our checks, pinned to the App", async () => {
    const number = await byHand("hand-made", { "docs.md": "x\n" });
    await syncChangesOnce(stack.world);
    const change = await stored(number);
    expect(change).toMatchObject({ state: "open", author: "pat", kind: "other" });
    expect(change?.checks.map(({ name, ours, required }) => [name, ours, required])).toEqual([
      ["fleetwright/approval", true, true],
      ["fleetwright/build", true, true],
      ["fleetwright/policy", true, true],
      ["fleetwright/protect", true, true],
    ]);
    const written = await stack.world.asApp.checks(change?.headSha ?? "");
    expect(written.every(({ appId }) => appId === 4711)).toBe(true);
    expect(written.find(({ name }) => name === "fleetwright/approval")).toMatchObject({
      status: "in_progress",
      conclusion: null,
    });
  });

  it("fails a broken build and a broken fleet.yaml by hand, and says where", async () => {
    const number = await byHand("broken", { "fleet.yaml": "version: 2\n" });
    const world = {
      ...stack.world,
      buildFleet: () =>
        Promise.resolve([{ ...smallFleet, path: "apps/base", ok: false, error: "no such file" }]),
    };
    await syncChangesOnce(world, { force: true });
    const checks = (await stored(number))?.checks ?? [];
    expect(checks.find(({ name }) => name === "fleetwright/build")).toMatchObject({
      conclusion: "failure",
      title: "apps/base: Kustomization flux-system (management): no such file",
    });
    expect(checks.find(({ name }) => name === "fleetwright/policy")).toMatchObject({
      conclusion: "failure",
      title: expect.stringMatching(/fleet\.yaml/) as string,
    });
    await stack.world.asApp.updatePullRequest(number, { state: "closed" });
  });

  it("writes nothing when nothing changed, and asks only conditionally", async () => {
    await syncChangesOnce(stack.world, { force: true });
    let writes = 0;
    const asApp: Forge = { ...stack.world.asApp, writeCheck: () => Promise.resolve(void (writes += 1)) };
    await syncChangesOnce({ ...stack.world, asApp }, { force: true });
    expect(writes).toBe(0);
    expect(await stack.world.asApp.hasNews("main")).toBe(false);
  });

  it("gives the older of two pull requests the name both want", async () => {
    const files = (name: string): Record<string, string> => ({
      [`clusters/${name}/cluster.yaml`]: `apiVersion: cluster.x-k8s.io/v1beta2\nkind: Cluster\nmetadata: {name: ${name}, namespace: ${name}, labels: {region: westeurope, fleetwright.dev/team: payments}}\nspec: {}\n`,
    });
    const older = await byHand("same-1", files("same"));
    const newer = await byHand("same-2", files("same"));
    await syncChangesOnce(stack.world, { force: true });
    const policy = async (number: number) =>
      (await stored(number))?.checks.find(({ name }) => name === "fleetwright/policy");
    expect(await policy(older)).toMatchObject({ conclusion: "success" });
    expect(await policy(newer)).toMatchObject({
      conclusion: "failure",
      title: expect.stringMatching(new RegExp(`#${String(older)}`)) as string,
    });
    expect(await stored(newer)).toMatchObject({ kind: "create", teams: ["payments"], clusters: ["same"] });
  });

  it("notes in the repository row that the forge does not answer, and recovers", async () => {
    const asApp: Forge = { ...stack.world.asApp, hasNews: () => Promise.reject(new Error("down")) };
    await expect(syncChangesOnce({ ...stack.world, asApp })).rejects.toThrow("down");
    expect(await findRepository(stack.db, "acme/fleet")).toMatchObject({ pollError: "down" });
    await syncChangesOnce(stack.world);
    expect(await findRepository(stack.db, "acme/fleet")).toMatchObject({ pollError: null });
  });

  it("notes it too when the look at the protection fails, which comes first", async () => {
    const asApp: Forge = { ...stack.world.asApp, repository: () => Promise.reject(new Error("down")) };
    await expect(readProtection({ ...stack.world, asApp })).rejects.toThrow("down");
    expect(await findRepository(stack.db, "acme/fleet")).toMatchObject({ pollError: "down" });
    await readProtection(stack.world);
    expect(await findRepository(stack.db, "acme/fleet")).toMatchObject({ pollError: null });
  });

  it("goes on where the repository was renamed, and says where FLEET_REPOSITORY should point", async () => {
    await control(stack.forge, "PUT", "repository", { name: "fleet-moved" });
    await readProtection(stack.world);
    const number = await byHand("after-rename", { "moved.md": "x\n" });
    await syncChangesOnce(stack.world);
    expect(await stored(number)).toMatchObject({ state: "open", author: "pat" });
    expect(await findRepository(stack.db, "acme/fleet")).toMatchObject({
      ...{ fetchError: null, pollError: null },
      protection: [
        "The repository acme/fleet moved to acme/fleet-moved on the forge: set FLEET_REPOSITORY=acme/fleet-moved.",
      ],
    });
    await control(stack.forge, "PUT", "repository", { name: "fleet" });
    await readProtection(stack.world);
    expect(await findRepository(stack.db, "acme/fleet")).toMatchObject({ protection: [] });
  });

  it("keeps a token that a failure repeats out of the repository row", async () => {
    const said = "cannot read https://x-access-token:ghs_plantedToken0123456789@forge.example/acme/fleet.git";
    const asApp: Forge = { ...stack.world.asApp, hasNews: () => Promise.reject(new Error(said)) };
    await expect(syncChangesOnce({ ...stack.world, asApp })).rejects.toThrow();
    const row = await findRepository(stack.db, "acme/fleet");
    expect(row?.pollError).toContain("cannot read https://");
    expect(row?.pollError).not.toContain("planted");
    await syncChangesOnce(stack.world);
  });
});

describe("handleForgeWebhook", () => {
  const deliver = async (
    guid: string,
    {
      secret = stack.webhookSecret,
      look = () => undefined,
    }: { secret?: string; look?: (number?: number) => void } = {},
  ) => {
    const rawBody = JSON.stringify({ action: "opened", pull_request: { number: 7 } });
    const signature = `sha256=${createHmac("sha256", secret).update(rawBody).digest("hex")}`;
    const headers = {
      "x-github-delivery": guid,
      "x-github-event": "pull_request",
      "x-hub-signature-256": signature,
      "content-type": "application/json",
    };
    return handleForgeWebhook(
      { db: stack.db, secret: stack.webhookSecret, now: () => new Date(), look },
      { headers, rawBody },
    );
  };

  it("looks at the pull request of a genuine delivery, once per GUID, and again where the first try failed", async () => {
    const looked: (number | undefined)[] = [];
    const guid = randomUUID();
    await expect(
      deliver(guid, {
        look: () => {
          throw new Error("busy");
        },
      }),
    ).rejects.toThrow("busy");
    expect(await deliver(guid, { look: (number) => void looked.push(number) })).toMatchObject({
      ok: true,
      value: { again: false },
    });
    expect(await deliver(guid, { look: (number) => void looked.push(number) })).toMatchObject({
      ok: true,
      value: { again: true },
    });
    expect(looked).toEqual([7]);
  });

  it("refuses a wrong signature and a body without headers", async () => {
    expect(await deliver(randomUUID(), { secret: "wrong" })).toMatchObject({
      ok: false,
      code: "unauthenticated",
    });
    const world = { db: stack.db, secret: "x", now: () => new Date(), look: () => undefined };
    expect(await handleForgeWebhook(world, { headers: {}, rawBody: "{}" })).toMatchObject({
      ok: false,
      code: "invalid",
    });
  });
});

describe("startChanges", () => {
  it("looks again at once when told, and ends cleanly", async () => {
    const fetched: string[] = [];
    const running = startChanges({
      world: stack.world,
      pollMs: 60_000,
      onFetched: () => Promise.resolve(void fetched.push("x")),
    });
    await expect.poll(() => fetched.length, { timeout: 10_000 }).toBeGreaterThan(0);
    const number = await byHand("told", { "told.md": "x\n" });
    running.look(number);
    await expect.poll(async () => (await stored(number))?.checks.length ?? 0, { timeout: 10_000 }).toBe(4);
    await running.close();
    await running.close();
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startChangeStack, type ChangeStack } from "../../changes/testing/change-stack.ts";
import { connectWorld } from "../../changes/testing/connect-world.ts";
import { findChangeRecord } from "../../db/changes.ts";
import { findRepository } from "../../db/repository.ts";
import { createCluster } from "../../usecases/clusters/create-cluster.ts";
import { approveAndMerge } from "../../usecases/changes/approve-and-merge.ts";
import { syncChangesOnce } from "./sync-changes-once.ts";
import { startLine } from "./testing/start-line.ts";

let stack: ChangeStack;

beforeAll(async () => {
  stack = await startChangeStack();
  await syncChangesOnce(stack.world, { force: true });
});

afterAll(() => stack.close());

const control = async (method: string, path: string, body?: object): Promise<void> => {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${stack.forge.url}/_sandbox/${path}`, { method, ...init });
  if (!answer.ok) throw new Error(`${path}: ${String(answer.status)}`);
};
const fault = (what: object) => control("POST", "faults", what);
afterEach(async () => {
  await control("DELETE", "faults");
  // Every pass looks at what is open: one test's requests would cost each later one its time.
  for await (const page of stack.world.asApp.pullRequests())
    for (const { number, state } of page)
      if (state === "open") await stack.world.asApp.updatePullRequest(number, { state: "closed" });
});

const request = (name: string) => ({
  template: "dev",
  idempotencyKey: randomUUID(),
  parameters: {
    ...{ name, team: "payments", purpose: "For the tests", environment: "development" },
    ...{ region: "westeurope", kubernetesVersion: "v1.34.5" },
  },
});

const later = () => ({ ...stack.world, now: () => new Date(Date.now() + 3_600_000) });
const stored = (number: number) => findChangeRecord(stack.db, stack.world.repository.id, number);

async function pullsOf(name: string) {
  const found = [];
  for await (const page of stack.world.asApp.pullRequests()) found.push(...page);
  return found.filter(({ title }) => title === `Create ${name}`);
}

/** Faults of every request that writes, and what the person reads; every kind ends the same way once it is over. */
const faults: [string, object, string, RegExp][] = [
  ["401", { status: 401, message: "Bad credentials" }, "unauthenticated", /Sign in again/],
  ["403", { status: 403, message: "Resource not accessible" }, "forbidden", /refuses this/],
  ["single-sign-on", { preset: "saml" }, "forbidden", /single sign-on/],
  ["404", { status: 404, message: "Not Found" }, "not-found", /no such thing/],
  ["429", { preset: "secondary-limit", retryAfter: 90 }, "rate-limited", /slow down.*90 seconds/],
  ["503", { status: 503 }, "unavailable", /in trouble/],
  ["a page of a proxy", { preset: "proxy-page" }, "unavailable|terminal", /forge/i],
  ["a cut line", { cut: "request" }, "unavailable", /cannot be reached/],
];

describe("a forge that fails while a pull request is opened", () => {
  it.each(faults)(
    "%s is said, and the same request ends with one pull request",
    async (kind, what, code, said) => {
      const name = `open-${kind.replaceAll(/[^a-z0-9]+/g, "-")}`;
      const input = request(name);
      await fault({ ...what, method: "POST", path: "/git/|/pulls", login: "pat", times: "always" });
      const first = await createCluster(stack.ctx("pat"), input);
      expect(first).toMatchObject({ ok: false });
      if (first.ok) return;
      expect(first.code).toMatch(new RegExp(`^(${code})$`));
      expect(first.message).toMatch(said);
      if (kind === "single-sign-on") expect(first.cureUrl).toMatch(/^https:\/\/github\.com\/orgs\/acme\/sso/);
      await control("DELETE", "faults");
      const again = await createCluster(stack.ctx("pat"), input);
      expect(again, JSON.stringify(again)).toMatchObject({ ok: true });
      expect(await pullsOf(name)).toHaveLength(1);
      expect(await stack.db.intent.count({ where: { cluster: name, state: "opened" } })).toBe(1);
    },
  );

  it.each([
    ["409", { status: 409, message: "Reference update failed" }],
    ["422", { status: 422, message: "Validation Failed" }],
  ])("%s ends the request in words, and the next one is opened", async (status, what) => {
    const name = `refused-${status}`;
    await fault({ ...what, method: "POST", path: "/git/commits", login: "pat", times: "always" });
    expect(await createCluster(stack.ctx("pat"), request(name))).toMatchObject({ ok: false });
    await control("DELETE", "faults");
    expect(await createCluster(stack.ctx("pat"), request(name))).toMatchObject({ ok: true });
    expect(await pullsOf(name)).toHaveLength(1);
  });

  it.each(["answer", "body"])("a lost %s leaves nothing doubled", async (cut) => {
    const name = `lost-${cut}`;
    await fault({ cut, method: "POST", path: "/pulls$", login: "pat" });
    await createCluster(stack.ctx("pat"), request(name));
    await syncChangesOnce(later());
    await syncChangesOnce(later());
    expect(await pullsOf(name)).toHaveLength(1);
  });

  it("a form changed after a failure gives one pull request, not both", async () => {
    const input = request("changed");
    await fault({ status: 503, method: "POST", path: "/git/", login: "pat", times: "always" });
    expect(await createCluster(stack.ctx("pat"), input)).toMatchObject({ ok: false });
    await control("DELETE", "faults");
    const other = { ...request("changed"), parameters: { ...input.parameters, purpose: "Something better" } };
    expect(await createCluster(stack.ctx("pat"), other)).toMatchObject({ ok: true });
    await syncChangesOnce(later());
    expect(await pullsOf("changed")).toHaveLength(1);
  });
});

describe("a forge that fails while a change is merged", () => {
  it.each([
    ["an answer that was lost", { cut: "answer", times: 1 }],
    ["502 from a proxy once", { status: 502, times: 1 }],
    ["a slow answer", { delayMs: 1_500, times: 1 }],
  ])("%s: it is merged once, and shown so", async (kind, what) => {
    const created = await createCluster(stack.ctx("pat"), request(`merge-${kind.length.toString()}`));
    if (!created.ok) throw new Error(created.message);
    const { number } = created.value;
    await syncChangesOnce(later(), { look: new Set([number]) });
    await fault({ ...what, method: "PUT", path: `/pulls/${String(number)}/merge` });
    const headSha = (await stored(number))?.headSha ?? "";
    const first = await approveAndMerge(stack.ctx("nadia"), { number, headSha });
    if (!first.ok) await approveAndMerge(stack.ctx("nadia"), { number, headSha });
    await syncChangesOnce(later());
    expect(await stored(number)).toMatchObject({ state: "merged", mergedBy: "nadia" });
    expect(await stack.db.auditEvent.count({ where: { change: number, action: "change.merge" } })).toBe(1);
    expect(await stack.db.auditEvent.count({ where: { change: number, action: "change.approve" } })).toBe(1);
  });
});

async function byHand(branch: string): Promise<number> {
  const forge = stack.ctx("pat").asPerson;
  const parent = await forge.findCommit((await forge.findBranch("main")) ?? "");
  if (!parent) throw new Error("no base");
  const commit = await forge.createCommit({ parent, files: { [`${branch}.md`]: "x\n" }, message: branch });
  await forge.createBranch(branch, commit.sha);
  return (await forge.createPullRequest({ title: branch, body: "", head: branch, base: "main" })).number;
}

describe("a pass that fails after the forge told of news", () => {
  it.each([
    ["Git does not answer", { path: "/fleet\\.git/", status: 503, times: "always" }],
    ["the list is refused", { path: "/pulls\\?", status: 403, skip: 1, times: "always" }],
    ["one pull request cannot be read", { path: "/pulls/\\d+/files", status: 503, times: "always" }],
    [
      "the forge asks to wait",
      { path: "/pulls/\\d+$", preset: "secondary-limit", retryAfter: 1, times: "always" },
    ],
  ])("%s: the next pass takes them in, without being told again", async (kind, what) => {
    const number = await byHand(`news-${kind.replaceAll(" ", "-").toLowerCase()}`);
    await fault(what);
    await expect(syncChangesOnce(stack.world)).rejects.toThrow();
    const row = await findRepository(stack.db, "acme/fleet");
    expect(row?.fetchError ?? row?.pollError).toBeTruthy();
    expect(await stored(number)).toBeNull();
    await control("DELETE", "faults");
    await expect
      .poll(() => syncChangesOnce(stack.world).then(() => stored(number)), { timeout: 20_000 })
      .not.toBeNull();
    expect((await stored(number))?.checks).toHaveLength(4);
    expect(await findRepository(stack.db, "acme/fleet")).toMatchObject({ fetchError: null, pollError: null });
  });

  it("checks that cannot be written are written later, and keep no other change waiting", async () => {
    const number = await byHand("unchecked");
    await fault({
      method: "POST",
      path: "/check-runs",
      status: 403,
      message: "Not accessible",
      times: "always",
    });
    await syncChangesOnce(stack.world);
    expect((await stored(number))?.checks).toEqual([]);
    await control("DELETE", "faults");
    await syncChangesOnce(later());
    expect((await stored(number))?.checks).toHaveLength(4);
  });
});

describe("a database that is gone for a while", () => {
  it("costs nothing but time: what was asked and what the forge told is there afterwards", async () => {
    const line = await startLine(new URL(stack.address.databaseUrl));
    const world = await connectWorld({ ...stack.address, databaseUrl: line.url });
    const input = request("no-database");
    await syncChangesOnce(world, { force: true });
    const number = await byHand("while-database-gone");
    line.down();
    await expect(syncChangesOnce(world)).rejects.toThrow();
    await expect(syncChangesOnce(world)).rejects.toThrow();
    expect(await createCluster(stack.ctx("pat", world), input)).toMatchObject({
      ok: false,
      code: "unavailable",
      message: expect.stringMatching(/database/) as string,
    });
    expect(line.refused()).toBeGreaterThan(0);
    expect(await pullsOf("no-database")).toEqual([]);
    line.up();
    await syncChangesOnce(world);
    expect((await stored(number))?.checks).toHaveLength(4);
    expect(await createCluster(stack.ctx("pat", world), input)).toMatchObject({ ok: true });
    expect(await pullsOf("no-database")).toHaveLength(1);
    await world.db.$disconnect();
    await line.close();
  });
});

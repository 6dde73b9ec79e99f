import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startChangeStack, tokenOf, type ChangeStack } from "../../changes/testing/change-stack.ts";
import { runChecks } from "../../changes/checks/run-checks.ts";
import { connectWorld } from "../../changes/testing/connect-world.ts";
import { readChange } from "../../changes/read-change.ts";
import { findChangeRecord } from "../../db/changes.ts";
import { findChange } from "../../queries/find-change.ts";
import { createCluster } from "../../usecases/clusters/create-cluster.ts";
import { readRepository } from "./read-repository.ts";
import { syncChangesOnce } from "./sync-changes-once.ts";

let stack: ChangeStack;

beforeAll(async () => {
  stack = await startChangeStack();
  await syncChangesOnce(stack.world, { force: true });
});

afterAll(() => stack.close());

/** A request of ours, opened, read and checked; sent again it must lead to the same pull request. */
async function opened(name: string) {
  const parameters = {
    ...{ name, team: "payments", purpose: "For the tests", environment: "development" },
    ...{ region: "westeurope", kubernetesVersion: "v1.34.5" },
  };
  const input = { template: "dev", idempotencyKey: randomUUID(), parameters };
  const created = await createCluster(stack.ctx("pat"), input);
  if (!created.ok) throw new Error(created.message);
  const { number } = created.value;
  const pull = await stack.world.asApp.findPullRequest(number);
  if (!pull) throw new Error("not opened");
  return { number, input, branch: pull.headRef, headSha: pull.headSha };
}

async function rest(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${stack.address.api}/repos/acme/fleet/${path}`, {
    method,
    headers: { authorization: `Bearer ${tokenOf("pat")}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${await answer.text()}`);
  return answer.status === 204 ? null : answer.json();
}

/** A pass of the engine, long enough later that whatever it owed is due. */
const pass = () =>
  syncChangesOnce({ ...stack.world, now: () => new Date(Date.now() + 3_600_000) }, { force: false });
const stored = (number: number) => findChangeRecord(stack.db, stack.world.repository.id, number);
const shown = async (number: number) => {
  const detail = await findChange({ db: stack.db, actor: stack.actor("nadia"), now: new Date() }, number);
  return detail && { word: detail.mark.word, title: detail.title };
};

/** What the forge has of this branch, after the engine and the person came by again. */
async function leftAlone({ input, number, branch }: Awaited<ReturnType<typeof opened>>) {
  const before = await stack.world.asApp.findPullRequest(number);
  await pass();
  const again = await createCluster(stack.ctx("pat"), input);
  expect(again).toMatchObject({ ok: true, value: { number } });
  await pass();
  expect(await stack.world.asApp.findPullRequests(branch)).toHaveLength(1);
  const after = await stack.world.asApp.findPullRequest(number);
  const visible = ["title", "body", "state", "headSha", "baseRef", "mergeCommit"] as const;
  for (const field of visible) expect(after?.[field]).toBe(before?.[field]);
}

async function commitOn(parentSha: string, files: Record<string, string | null>): Promise<string> {
  const forge = stack.ctx("pat").asPerson;
  const parent = await forge.findCommit(parentSha);
  if (!parent) throw new Error("no parent");
  return (await forge.createCommit({ parent, files, message: "By hand" })).sha;
}

describe("a pull request of ours that somebody", () => {
  it("edits is shown as edited, and still known as asked for by the same person", async () => {
    const change = await opened("edited");
    await rest("PATCH", `pulls/${String(change.number)}`, { title: "Another title", body: "All gone." });
    await leftAlone(change);
    expect(await shown(change.number)).toMatchObject({ title: "Another title" });
    expect(await stored(change.number)).toMatchObject({ body: "All gone.", requestedBy: "pat" });
  });

  it("closes stays closed, and is open again when somebody reopens it", async () => {
    const change = await opened("closed");
    await rest("PATCH", `pulls/${String(change.number)}`, { state: "closed" });
    await leftAlone(change);
    expect(await shown(change.number)).toMatchObject({ word: "Closed" });
    await rest("PATCH", `pulls/${String(change.number)}`, { state: "open" });
    await leftAlone(change);
    expect(await shown(change.number)).toMatchObject({ word: "Waits for approval" });
    expect((await stored(change.number))?.checks).toHaveLength(4);
  });

  it("merges on the forge is shown as merged by him, and audited so", async () => {
    const change = await opened("merged");
    const { number, headSha } = change;
    await pass();
    await stack.ctx("nadia").asPerson.review(number, { event: "approve", body: "", headSha });
    await pass();
    const merged = await stack
      .ctx("omar")
      .asPerson.merge(number, { headSha, method: "merge", title: "By hand", message: "" });
    expect(merged).toMatchObject({ merged: true });
    await leftAlone(change);
    expect(await shown(number)).toMatchObject({ word: "Merged" });
    expect(await stored(number)).toMatchObject({ state: "merged", mergedBy: "omar" });
    const audit = await stack.db.auditEvent.findMany({ where: { change: number, action: "change.merge" } });
    expect(audit.map(({ actor }) => actor)).toEqual(["omar"]);
    const commits = await stack.db.commit.findMany({ where: { changeNumber: number } });
    expect(commits).toHaveLength(1);
  });

  it("deletes the branch of is closed with it, and no branch comes back", async () => {
    const change = await opened("branchless");
    await rest("DELETE", `git/refs/heads/${change.branch}`);
    await leftAlone(change);
    expect(await stack.world.asApp.findBranch(change.branch)).toBeNull();
    expect(await shown(change.number)).toMatchObject({ word: "Closed" });
  });

  it("pushes to with force is checked and shown with its new content, and its approvals are out of date", async () => {
    const change = await opened("forced");
    const { number, headSha } = change;
    await pass();
    await stack.ctx("nadia").asPerson.review(number, { event: "approve", body: "", headSha });
    await pass();
    const main = (await stack.world.asApp.findBranch("main")) ?? "";
    const sha = await commitOn(main, { "README.md": "# Something else\n" });
    await rest("PATCH", `git/refs/heads/${change.branch}`, { sha, force: true });
    await leftAlone(change);
    const now = await stored(number);
    expect(now).toMatchObject({ headSha: sha, kind: "other", clusters: [] });
    expect(now?.files.map(({ path }) => path)).toEqual(["README.md"]);
    expect(now?.checks.every((check) => check.headSha === sha)).toBe(true);
    expect(now?.checks.find(({ name }) => name === "fleetwright/approval")?.conclusion).not.toBe("success");
  });

  it("has the base moved under is judged anew, and a conflict is said", async () => {
    const change = await opened("rebased");
    await pass();
    const main = (await stack.world.asApp.findBranch("main")) ?? "";
    const path = "clusters/rebased/cluster.yaml";
    const other = await stack
      .ctx("pat")
      .asPerson.createBranch("first", await commitOn(main, { [path]: "a: b\n" }));
    expect(other).toBe(true);
    const first = await stack
      .ctx("pat")
      .asPerson.createPullRequest({ title: "First", body: "", head: "first", base: "main" });
    await stack.world.asApp.updatePullRequest(first.number, { state: "closed" });
    await moveMain(first.headSha);
    await leftAlone(change);
    expect(await shown(change.number)).toMatchObject({ word: "Conflict" });
    const checks = (await stored(change.number))?.checks ?? [];
    expect(checks.find(({ name }) => name === "fleetwright/build")).toMatchObject({ conclusion: "failure" });
  });

  it("a replica with an older mirror judges gets no verdict for an older base", async () => {
    const mirrorDir = `${stack.address.mirrorDir}-old`;
    const old = await connectWorld({ ...stack.address, mirrorDir });
    await old.mirror.fetch();
    const before = (await old.mirror.head()) ?? "";
    const { asPerson } = stack.ctx("pat");
    await asPerson.createBranch("replicas", await commitOn(before, { "replicas.md": "a\n" }));
    const pull = { title: "Replicas", body: "", head: "replicas", base: "main" };
    const change = await readChange(stack.world, (await asPerson.createPullRequest(pull)).number);
    if (!change) throw new Error("not read");
    const moved = await commitOn(before, { "replicas.md": "b\n" });
    await moveMain(moved);
    await stack.world.mirror.fetch();
    await readRepository(stack.world, moved);
    expect(await old.mirror.head()).toBe(before);
    const verdict = { name: "fleetwright/build", conclusion: "failure", baseSha: moved };
    expect(await runChecks(old, change)).toContainEqual(expect.objectContaining(verdict));
    expect((await stored(change.number))?.checks).toContainEqual(expect.objectContaining(verdict));
    await old.db.$disconnect();
    await rm(mirrorDir, { recursive: true, force: true });
  });

  it("points at another base is compared with that one", async () => {
    const change = await opened("retargeted");
    const main = (await stack.world.asApp.findBranch("main")) ?? "";
    await stack.ctx("pat").asPerson.createBranch("release", await commitOn(main, { "docs.md": "x\n" }));
    await rest("PATCH", `pulls/${String(change.number)}`, { base: "release" });
    await leftAlone(change);
    expect(await stored(change.number)).toMatchObject({ baseRef: "release", state: "open" });
  });
});

/** Past the protection, as whoever owns the server can. */
async function moveMain(sha: string): Promise<void> {
  await execa("git", ["update-ref", "refs/heads/main", sha], { cwd: stack.forge.gitDir });
}

import { expect, it } from "vitest";
import type { Forge, PullRequest } from "../forge.ts";
import { baseFile, makeBranch, openPull, type ContractWorld } from "./contract-world.ts";

/** What making and reading a change promises. */
export function promiseChanges(world: () => ContractWorld): void {
  it("writes one commit with many files on its parent, and nobody sees it before a branch does", async () => {
    const forge = world().as("rita");
    const parent = await forge.findCommit((await forge.findBranch("main")) ?? "");
    if (parent === null) throw new Error("main has no commit");
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`many/${String(index)}.yaml`, `i: ${String(index)}\n`]),
    );
    const commit = await forge.createCommit({
      parent,
      files: { ...files, [baseFile]: null },
      message: "Many\n",
    });
    expect(commit.parents).toEqual([parent.sha]);
    expect(await forge.findCommit(commit.sha)).toEqual(commit);
    expect(await forge.createBranch("many", commit.sha)).toBe(true);
    expect(await forge.findBranch("many")).toBe(commit.sha);
    expect((await forge.compare("main", "many")).files).toHaveLength(31);
  });

  it("says false for a branch that exists, and leaves it alone", async () => {
    const forge = world().as("rita");
    const sha = await makeBranch(forge, "taken");
    const main = (await forge.findBranch("main")) ?? "";
    expect(await forge.createBranch("taken", main)).toBe(false);
    expect(await forge.findBranch("taken")).toBe(sha);
  });

  it("opens a pull request and finds it by number, by branch and in the list", async () => {
    const forge = world().as("rita");
    const pull = await openPull(forge, "opened");
    expect(pull).toMatchObject({
      title: "Add opened",
      body: "Please",
      state: "open",
      draft: false,
      author: "rita",
      headRef: "opened",
      baseRef: "main",
      mergedAt: null,
      mergeCommit: null,
    });
    expect(await forge.findPullRequest(pull.number)).toMatchObject({ ...pull, additions: 1, deletions: 0 });
    expect((await forge.findPullRequests("opened")).map(({ number }) => number)).toEqual([pull.number]);
    const first = await firstPage(forge);
    expect(first.map(({ number }) => number)).toContain(pull.number);
  });

  it("refuses a second pull request for a branch, and one without commits", async () => {
    const forge = world().as("rita");
    await openPull(forge, "twice");
    const again = forge.createPullRequest({ title: "Again", body: "", head: "twice", base: "main" });
    const refusal = await again.catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "invalid", status: 422 });
    expect(String(refusal)).toContain("A pull request already exists for acme:twice.");
    const empty = forge.createPullRequest({ title: "Empty", body: "", head: "main", base: "main" });
    await expect(empty).rejects.toMatchObject({ code: "invalid" });
  });

  it("reads files and commits, edits, closes and opens again", async () => {
    const forge = world().as("rita");
    const { number } = await openPull(forge, "edited");
    expect(await forge.files(number)).toMatchObject([
      { path: "clusters/edited.yaml", previousPath: null, status: "added", additions: 1, deletions: 0 },
    ]);
    expect((await forge.commits(number)).map(({ message }) => message.trim())).toEqual(["Add edited"]);
    expect(await forge.updatePullRequest(number, { title: "New", body: "Words" })).toMatchObject({
      title: "New",
      body: "Words",
    });
    expect(await forge.updatePullRequest(number, { state: "closed" })).toMatchObject({ state: "closed" });
    expect(await forge.updatePullRequest(number, { state: "open" })).toMatchObject({ state: "open" });
    await forge.comment(number, "Said");
    await forge.label(number, ["cluster"]);
    await forge.label(number, ["cluster"]);
  });

  it("writes a check as the App and reads it with the statuses of people as one list", async () => {
    const sha = await makeBranch(world().as("rita"), "checked");
    const input = {
      name: "fleetwright/build",
      headSha: sha,
      conclusion: null,
      title: "Waiting",
      summary: "",
      text: "",
      externalId: "x1",
      detailsUrl: null,
      existing: null,
    };
    const app = world().asApp();
    await app.writeCheck(input);
    const [waiting] = await app.checks(sha);
    expect(waiting).toMatchObject({ status: "in_progress", conclusion: null, appId: app.appId });
    const existing = { id: waiting?.id ?? 0, status: "in_progress" as const };
    await app.writeCheck({ ...input, conclusion: "success", title: "Built", existing });
    await world()
      .as("rita")
      .writeCheck({ ...input, name: "by-hand", conclusion: "failure" });
    const all = await app.checks(sha);
    expect(all.map(({ name, conclusion, appId }) => [name, conclusion, appId])).toEqual([
      ["fleetwright/build", "success", app.appId],
      ["by-hand", "failure", null],
    ]);
  });
}

async function firstPage(forge: Forge): Promise<PullRequest[]> {
  for await (const page of forge.pullRequests()) return page;
  return [];
}

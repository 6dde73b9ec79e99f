import { expect, it } from "vitest";
import { baseFile, makeBranch, openPull, type ContractWorld } from "./contract-world.ts";

const nowhere = "0123456789012345678901234567890123456789";

/** What reading promises: neutral values, null for what is not there, news only when there is some. */
export function promiseReading(world: () => ContractWorld): void {
  it("names the repository and whose rights are used", () => {
    expect([world().as("rita").fullName, world().as("rita").appId]).toEqual(["acme/fleet", null]);
    expect(world().asApp().appId).toBeTypeOf("number");
  });

  it("tells who the caller is, a person or an App's bot", async () => {
    expect(await world().as("rita").viewer()).toMatchObject({ login: "rita", name: "Rita Requester" });
    expect((await world().asApp().viewer()).login).toMatch(/\[bot\]$/);
  });

  it("tells teams, their members and what somebody may do; a stranger may nothing", async () => {
    expect(await world().as("anna").teamsOfViewer()).toEqual(["fleet-approvers"]);
    const app = world().asApp();
    expect((await app.teamMembers("fleet-approvers")).toSorted()).toEqual(["adam", "anna"]);
    expect(await app.teamMembers("no-such-team")).toEqual([]);
    const logins = ["vera", "rita", "oscar", "no-such-person"];
    const permissions = await Promise.all(logins.map((login) => app.permissionOf(login)));
    expect(permissions).toEqual(["read", "write", "admin", "none"]);
  });

  it("describes the repository as the caller sees it", async () => {
    expect(await world().as("vera").repository()).toMatchObject({
      fullName: "acme/fleet",
      defaultBranch: "main",
      archived: false,
      canPush: false,
      canPull: true,
      mergeMethods: ["merge", "squash", "rebase"],
    });
    expect((await world().as("rita").repository()).canPush).toBe(true);
  });

  it("answers null for a branch, a commit and a pull request that is not there", async () => {
    const forge = world().as("vera");
    expect(await forge.findBranch("no/such")).toBeNull();
    expect(await forge.findCommit(nowhere)).toBeNull();
    expect(await forge.findPullRequest(999_999)).toBeNull();
    expect(await forge.findPullRequests("no-such")).toEqual([]);
    expect(await world().asApp().findProtection("no-such")).toBeNull();
  });

  it("reads a branch's protection", async () => {
    expect(await world().asApp().findProtection("main")).toEqual({
      requiredApprovals: 1,
      codeOwnerReviews: false,
      dismissStaleReviews: true,
      lastPushApproval: false,
      enforceAdmins: true,
      pushTeams: ["fleet-approvers"],
      requiredChecks: [],
    });
  });

  it("compares from where two branches parted", async () => {
    const forge = world().as("rita");
    const main = await forge.findBranch("main");
    await makeBranch(forge, "compared", { "new.yaml": "n: 1\n", [baseFile]: null });
    const found = await forge.compare("main", "compared");
    expect(found).toMatchObject({ mergeBase: main, ahead: 1, behind: 0 });
    expect(found.files.map(({ path, status }) => `${status} ${path}`).toSorted()).toEqual([
      "added new.yaml",
      `removed ${baseFile}`,
    ]);
  });

  it("has news once for what happened, and none where a failure came between is lost", async () => {
    const forge = world().asApp();
    expect(await forge.hasNews("main")).toBe(true);
    expect(await forge.hasNews("main")).toBe(false);
    await openPull(world().as("rita"), "news");
    await world().fault({ path: "/git/ref/", times: 4, status: 404 });
    await expect(forge.hasNews("main")).rejects.toMatchObject({ code: "not-found" });
    await world().clearFaults();
    expect(await forge.hasNews("main")).toBe(true);
    expect(await forge.hasNews("main")).toBe(false);
  });
}

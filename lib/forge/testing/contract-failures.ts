import { expect, it } from "vitest";
import type { ContractFault, ContractWorld } from "./contract-world.ts";

/** Every way a forge can fail, its kind, and what the person is told. */
export function promiseFailures(world: () => ContractWorld): void {
  const failing = async (fault: ContractFault, work = () => world().as("rita").repository()) => {
    await world().fault({ times: "always", ...fault });
    return (await work().catch((error: unknown) => error)) as Record<string, unknown>;
  };

  it.each([
    [400, "invalid"],
    [401, "unauthenticated"],
    [403, "forbidden"],
    [404, "not-found"],
    [409, "conflict"],
    [410, "not-found"],
    [418, "terminal"],
    [422, "invalid"],
    [451, "terminal"],
    [500, "unavailable"],
    [502, "unavailable"],
    [503, "unavailable"],
    [504, "unavailable"],
  ])("%i is %s, with the forge's own words kept", async (status, code) => {
    const error = await failing({ path: "/repos/acme/fleet$", status, message: "As the forge has it" });
    expect(error).toMatchObject({ name: "ForgeError", code, status, details: ["As the forge has it"] });
  });

  it.each<[string, ContractFault]>([
    ["a connection that is cut", { cut: "request" }],
    ["an answer that is lost", { cut: "answer" }],
    ["an answer cut in its middle", { cut: "body" }],
  ])("%s is unavailable, not half an answer", async (_name, fault) => {
    const error = await failing({ path: "/repos/acme/fleet$", ...fault });
    expect(error).toMatchObject({ name: "ForgeError", code: "unavailable", status: 0 });
  });

  it.each([["unicorn"], ["proxy-page"]])(
    "an HTML page (%s) is unavailable, not an answer",
    async (preset) => {
      const error = await failing({ path: "/repos/acme/fleet$", preset });
      expect(error).toMatchObject({ name: "ForgeError", code: "unavailable" });
    },
  );

  it("a token that ended is told from a right that lacks", async () => {
    await expect(world().withToken("ghp_gone").viewer()).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(world().as("vera").findProtection("main")).rejects.toMatchObject({ code: "forbidden" });
  });

  it("SAML comes with the link that cures it, for one thing and for a list that lacks rows", async () => {
    const single = await failing({ path: "/repos/acme/fleet$", preset: "saml" });
    expect(single).toMatchObject({
      code: "forbidden",
      cureUrl: expect.stringMatching(/^https:.*\/sso\?/) as string,
    });
    expect(String(single["message"])).toContain(String(single["cureUrl"]));
    const list = await failing({ path: "/user/teams", preset: "saml" }, async () => {
      throw new Error((await world().as("rita").teamsOfViewer()).join());
    });
    expect(list).toMatchObject({
      code: "forbidden",
      cureUrl: expect.stringMatching(/\/orgs\/acme\/sso$/) as string,
    });
  });

  it("a scope that the sign-in lost is named, and hides nothing as if it were not there", async () => {
    const forge = world().as("adam");
    await world().grant("adam", ["read:org"]);
    const lost = {
      code: "forbidden",
      missingScope: "repo",
      message: expect.stringContaining("repo") as string,
    };
    await expect(forge.repository()).rejects.toMatchObject(lost);
    await expect(forge.findBranch("main")).rejects.toMatchObject(lost);
    await expect(forge.findPullRequest(1)).rejects.toMatchObject(lost);
    await expect(forge.findProtection("main")).rejects.toMatchObject(lost);
    await world().grant("adam", ["gist"]);
    await expect(forge.teamsOfViewer()).rejects.toMatchObject({ code: "forbidden" });
    await world().grant("adam", ["repo", "read:org"]);
    expect(await forge.repository()).toMatchObject({ fullName: "acme/fleet" });
    expect(await forge.findBranch("not-there")).toBeNull();
  });

  it("every call has a deadline", async () => {
    await world().fault({ path: "^/api/v3/(repos|user|orgs)", delayMs: 60_000, times: "always" });
    const forge = world().as("rita", { deadlineMs: 150, retries: 0 });
    const check = {
      name: "c",
      headSha: "main",
      conclusion: null,
      title: "t",
      summary: "",
      text: "",
      externalId: "",
      detailsUrl: null,
      existing: null,
    };
    const parent = { sha: "0", tree: "0", parents: [], message: "" };
    const merge = { headSha: "0", method: "merge", title: "", message: "" } as const;
    const calls: Record<string, () => Promise<unknown>> = {
      viewer: () => forge.viewer(),
      teamsOfViewer: () => forge.teamsOfViewer(),
      teamMembers: () => forge.teamMembers("owners"),
      repository: () => forge.repository(),
      permissionOf: () => forge.permissionOf("anna"),
      findBranch: () => forge.findBranch("main"),
      findCommit: () => forge.findCommit("0"),
      createCommit: () => forge.createCommit({ parent, files: { a: "a" }, message: "m" }),
      createBranch: () => forge.createBranch("b", "0"),
      createPullRequest: () => forge.createPullRequest({ title: "t", body: "", head: "h", base: "main" }),
      findPullRequests: () => forge.findPullRequests("h"),
      findPullRequest: () => forge.findPullRequest(1),
      pullRequests: () => forge.pullRequests()[Symbol.asyncIterator]().next(),
      hasNews: () => forge.hasNews("main"),
      updatePullRequest: () => forge.updatePullRequest(1, { title: "t" }),
      files: () => forge.files(1),
      commits: () => forge.commits(1),
      reviews: () => forge.reviews(1),
      review: () => forge.review(1, { event: "comment", body: "b", headSha: "0" }),
      merge: () => forge.merge(1, merge),
      armAutoMerge: () => forge.armAutoMerge(1, merge),
      disarmAutoMerge: () => forge.disarmAutoMerge(1),
      comment: () => forge.comment(1, "b"),
      label: () => forge.label(1, ["l"]),
      checks: () => forge.checks("main"),
      writeCheck: () => forge.writeCheck(check),
      findProtection: () => forge.findProtection("main"),
      compare: () => forge.compare("main", "main"),
    };
    const methods = Object.entries(forge).filter(([, value]) => typeof value === "function");
    expect(Object.keys(calls).toSorted()).toEqual(methods.map(([name]) => name).toSorted());
    for (const [name, call] of Object.entries(calls)) {
      const error = await call().catch((failure: unknown) => failure);
      expect(error, name).toMatchObject({
        code: "unavailable",
        status: 0,
        details: ["no answer within 0.15 s"],
      });
    }
  });
}

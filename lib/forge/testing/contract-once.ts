import { describe, expect, it } from "vitest";
import { makeBranch, openPull, type ContractFault, type ContractWorld } from "./contract-world.ts";

const ways: [string, ContractFault][] = [
  ["the request never arrived", { cut: "request" }],
  ["the answer was lost", { cut: "answer" }],
  ["half the answer came", { cut: "body" }],
  ["the forge was in trouble", { status: 502 }],
];

/** Writes whose answer is lost: looked for before they are sent again, so they happen exactly once. */
export function promiseOnce(world: () => ContractWorld): void {
  describe.each(ways)("when %s", (_name, fault) => {
    const tag = fault.cut ?? "status";
    const lose = (method: string, path: string) => world().fault({ method, path, ...fault });

    it("one branch", async () => {
      const forge = world().as("rita");
      await lose("POST", "/git/refs$");
      const sha = await makeBranch(forge, `once-${tag}`);
      expect(await forge.findBranch(`once-${tag}`)).toBe(sha);
    });

    it("one pull request", async () => {
      const forge = world().as("rita");
      await lose("POST", "/pulls$");
      const pull = await openPull(forge, `pull-${tag}`);
      expect((await forge.findPullRequests(`pull-${tag}`)).map(({ number }) => number)).toEqual([
        pull.number,
      ]);
    });

    it("one review, one comment", async () => {
      const { number, headSha } = await openPull(world().as("rita"), `review-${tag}`);
      const anna = world().as("anna");
      await lose("POST", "/reviews$");
      const review = await anna.review(number, { event: "approve", body: "Fine", headSha });
      expect(await anna.reviews(number)).toEqual([review]);
      await lose("POST", "/comments$");
      await anna.comment(number, "Said once");
      await world().forget();
      await anna.comment(number, "Said twice");
      expect((await world().requests()).filter((one) => one.startsWith("POST"))).toHaveLength(1);
    });

    it("one merge, known to have happened", async () => {
      const { number, headSha } = await openPull(world().as("rita"), `merge-${tag}`);
      const anna = world().as("anna");
      await anna.review(number, { event: "approve", body: "", headSha });
      await lose("PUT", "/merge$");
      const outcome = await anna.merge(number, { headSha, method: "merge", title: "Merge", message: "" });
      expect(outcome).toEqual({ merged: true, sha: await anna.findBranch("main") });
    });

    it("one check run", async () => {
      const sha = await makeBranch(world().as("rita"), `check-${tag}`);
      const app = world().asApp();
      await lose("POST", "/check-runs$");
      await app.writeCheck({
        name: "fleetwright/build",
        headSha: sha,
        conclusion: "success",
        title: "Built",
        summary: "",
        text: "",
        externalId: "once",
        detailsUrl: null,
        existing: null,
      });
      expect(await app.checks(sha)).toHaveLength(1);
    });
  });

  it("is not sent again while the look fails: nobody knows whether it happened", async () => {
    const forge = world().as("rita");
    await makeBranch(forge, "unknown");
    await world().fault({ method: "POST", path: "/pulls$", cut: "answer" });
    await world().fault({ method: "GET", path: "/pulls", status: 503, times: "always" });
    await world().forget();
    const open = forge.createPullRequest({ title: "Unknown", body: "", head: "unknown", base: "main" });
    await expect(open).rejects.toMatchObject({ code: "unavailable" });
    expect((await world().requests()).filter((one) => one.startsWith("POST"))).toHaveLength(1);
    await world().clearFaults();
    expect(await forge.findPullRequests("unknown")).toHaveLength(1);
  });

  it("a refusal is not taken for a lost answer", async () => {
    const forge = world().as("rita");
    await makeBranch(forge, "refused");
    await world().fault({ method: "POST", path: "/pulls$", status: 422, message: "No" });
    await world().forget();
    const open = forge.createPullRequest({ title: "No", body: "", head: "refused", base: "main" });
    await expect(open).rejects.toMatchObject({ code: "invalid" });
    expect((await world().requests()).filter((one) => one.includes("/pulls"))).toHaveLength(1);
  });
}

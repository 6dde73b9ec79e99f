import { afterEach, expect, it } from "vitest";
import { openPull, type ContractWorld } from "./contract-world.ts";

/** A repository renamed on the forge is still read and written under the name we know, and says its new one. */
export function promiseRename(world: () => ContractWorld): void {
  afterEach(() => world().rename("fleet"));

  it("is read, changed and merged under its old name, and says the new one", async () => {
    const [rita, anna] = [world().as("rita"), world().as("anna")];
    await world().rename("fleet-moved");
    expect(await rita.repository()).toMatchObject({ fullName: "acme/fleet-moved" });
    const pull = await openPull(rita, "renamed");
    expect(pull).toMatchObject({ author: "rita", headRef: "renamed" });
    expect((await rita.findPullRequests("renamed")).map(({ number }) => number)).toEqual([pull.number]);
    expect(await rita.updatePullRequest(pull.number, { title: "Sent again" })).toMatchObject({
      title: "Sent again",
    });
    await rita.label(pull.number, ["moved"]);
    await anna.review(pull.number, { event: "approve", body: "", headSha: pull.headSha });
    const input = { headSha: pull.headSha, method: "merge", title: "Merge", message: "" } as const;
    expect(await anna.merge(pull.number, input)).toMatchObject({ merged: true });
    await expect(world().as("vera").findProtection("main")).rejects.toMatchObject({ code: "forbidden" });
  });

  it("is told of news as before", async () => {
    const forge = world().as("rita");
    await world().rename("fleet-moved");
    expect(await forge.hasNews("main")).toBe(true);
    expect(await forge.hasNews("main")).toBe(false);
    await openPull(forge, "news-after-rename");
    expect(await forge.hasNews("main")).toBe(true);
  });

  it("does not have a write taken for a read where the redirect does not say to send it again", async () => {
    const forge = world().as("rita");
    const headers = { location: "/api/v3/repositories/70001/pulls" };
    await world().fault({ method: "POST", path: "/pulls$", status: 301, headers });
    await world().forget();
    const input = { title: "t", body: "", head: "no-such", base: "main" };
    await expect(forge.createPullRequest(input)).rejects.toMatchObject({ code: "not-found", status: 301 });
    expect(await world().requests()).toEqual(["POST /api/v3/repos/acme/fleet/pulls"]);
  });

  it("is never followed to another host", async () => {
    const headers = { location: "http://localhost:9/api/v3/repositories/70001" };
    await world().fault({ path: "/repos/acme/fleet$", status: 301, headers });
    await expect(world().as("rita").repository()).rejects.toMatchObject({ code: "not-found", status: 301 });
  });
}

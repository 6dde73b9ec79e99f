import { expect, it } from "vitest";
import type { Forge } from "../forge.ts";
import { baseFile, type ContractWorld } from "./contract-world.ts";

/** 600 files of 5 KB, one of 200 KB, and one that goes. */
function manyFiles(): Record<string, string | null> {
  const line = "# a line of forty characters, as YAML has\n";
  const entries = Array.from({ length: 600 }, (_, index): [string, string] => [
    `large/${String(index % 20)}/${String(index)}.yaml`,
    `i: ${String(index)}\n${line.repeat(120)}`,
  ]);
  return { ...Object.fromEntries(entries), "large/prices.yaml": line.repeat(5_000), [baseFile]: null };
}

/** What a change promises that is too large for one call. */
export function promiseLargeChanges(world: () => ContractWorld): void {
  const write = async (forge: Forge) => {
    const parent = await forge.findCommit((await forge.findBranch("main")) ?? "");
    if (parent === null) throw new Error("main has no commit");
    return forge.createCommit({ parent, files: manyFiles(), message: "A large change\n" });
  };
  const written = async () =>
    (await world().requests()).filter((one) => /^POST .*\/git\/(trees|blobs|commits)$/.test(one));

  it("is written in parts and read back whole, in a handful of calls", async () => {
    const forge = world().as("rita");
    await world().forget();
    const commit = await write(forge);
    expect((await written()).length).toBeLessThan(10);
    expect(await forge.createBranch("large", commit.sha)).toBe(true);
    const pull = await forge.createPullRequest({ title: "Large", body: "", head: "large", base: "main" });
    const files = await forge.files(pull.number);
    expect(files.map(({ path }) => path).toSorted()).toEqual(Object.keys(manyFiles()).toSorted());
    expect(files.find(({ path }) => path === baseFile)).toMatchObject({ status: "removed" });
    expect(files.find(({ path }) => path === "large/prices.yaml")).toMatchObject({ additions: 5_000 });
  });

  it("is the same when calls fail on the way and are sent again", async () => {
    const forge = world().as("rita");
    const { tree } = await write(forge);
    await world().fault({ path: "/git/blobs$", cut: "answer" });
    await world().fault({ path: "/git/trees$", skip: 1, cut: "answer" });
    await world().fault({ path: "/git/trees$", skip: 1, status: 502 });
    expect((await write(forge)).tree).toBe(tree);
  });

  it("leaves nothing behind when it is given up, and is the same when it is asked for again", async () => {
    const forge = world().as("rita");
    const { tree } = await write(forge);
    await world().fault({ path: "/git/trees$", skip: 2, status: 502, times: "always" });
    await expect(write(forge)).rejects.toMatchObject({ code: "unavailable", status: 502 });
    await world().clearFaults();
    expect((await write(forge)).tree).toBe(tree);
  });

  it("is to be tried again where the forge ran out of time over it", async () => {
    const message = "Sorry, your request timed out.  It's likely that your input was too large to process.";
    await world().fault({ path: "/git/trees$", status: 422, message });
    await expect(write(world().as("rita"))).rejects.toMatchObject({ code: "unavailable", status: 422 });
  });
}

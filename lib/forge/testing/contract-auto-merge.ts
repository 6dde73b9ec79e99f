import { expect, it, vi } from "vitest";
import type { PullRequest } from "../forge.ts";
import { openPull, type ContractPerson, type ContractWorld } from "./contract-world.ts";

/** What arming promises: merged once nothing stands against it, in the name of who armed it. */
export function promiseAutoMerge(world: () => ContractWorld): void {
  const arm = (person: ContractPerson, { number, headSha, title }: PullRequest) =>
    world().as(person).armAutoMerge(number, { headSha, method: "squash", title, message: "" });
  const read = (number: number) => world().as("vera").findPullRequest(number);
  const approve = ({ number, headSha }: PullRequest) =>
    world().as("adam").review(number, { event: "approve", body: "", headSha });

  it("merges an armed pull request when its last approval comes", async () => {
    const pull = await openPull(world().as("rita"), "armed");
    expect(await arm("anna", pull)).toEqual({ armed: true });
    expect(await read(pull.number)).toMatchObject({ state: "open", armedBy: "anna" });
    await approve(pull);
    await vi.waitFor(
      async () => expect(await read(pull.number)).toMatchObject({ state: "merged", mergedBy: "anna" }),
      10_000,
    );
  });

  it("leaves a disarmed one open, which could then be merged at once", async () => {
    const pull = await openPull(world().as("rita"), "disarmed");
    await arm("anna", pull);
    expect(await world().as("anna").disarmAutoMerge(pull.number)).toBe(true);
    expect(await world().as("anna").disarmAutoMerge(pull.number)).toBe(false);
    await approve(pull);
    expect(await arm("anna", pull)).toMatchObject({ armed: false, reason: "could-merge-now" });
    expect(await read(pull.number)).toMatchObject({ state: "open", armedBy: null });
  });

  it("refuses who may only read, and a head nobody looked at", async () => {
    const pull = await openPull(world().as("rita"), "not-armed");
    await expect(arm("vera", pull)).rejects.toMatchObject({ code: "forbidden" });
    const other = { ...pull, headSha: "0".repeat(40) };
    expect(await arm("anna", other)).toMatchObject({ armed: false, reason: "refused" });
  });

  it("is armed once, when the answer is lost", async () => {
    const pull = await openPull(world().as("rita"), "armed-lost");
    await world().fault({ method: "POST", path: "/graphql$", cut: "answer" });
    await world().forget();
    expect(await arm("anna", pull)).toEqual({ armed: true });
    expect((await world().requests()).filter((one) => one.startsWith("POST"))).toHaveLength(1);
  });
}

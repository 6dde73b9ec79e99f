import { expect, it } from "vitest";
import { openPull, type ContractFault, type ContractWorld } from "./contract-world.ts";

/** What is tried again, how often, and when not. The contract's clients try at most three times. */
export function promiseRetries(world: () => ContractWorld): void {
  const counting = async (fault: ContractFault, work: () => Promise<unknown>, what: string) => {
    await world().fault(fault);
    await world().forget();
    const outcome: unknown = await work().catch((error: unknown) => error);
    return { outcome, sent: (await world().requests()).filter((one) => one.startsWith(what)).length };
  };
  const repository = "/repos/acme/fleet$";

  it.each<[string, ContractFault]>([
    ["a 503", { status: 503 }],
    ["a cut connection", { cut: "request" }],
    ["a lost answer", { cut: "answer" }],
    ["half an answer", { cut: "body" }],
  ])("a read survives %s", async (_name, fault) => {
    const read = () => world().as("vera").repository();
    const { outcome, sent } = await counting({ path: repository, ...fault }, read, "GET");
    expect(outcome).toMatchObject({ fullName: "acme/fleet" });
    expect(sent).toBe(2);
  });

  it("a read is given up after three attempts", async () => {
    const read = () => world().as("vera").repository();
    const { outcome, sent } = await counting({ path: repository, status: 502, times: "always" }, read, "GET");
    expect(outcome).toMatchObject({ code: "unavailable", status: 502 });
    expect(sent).toBe(3);
  });

  it.each([400, 401, 403, 404, 409, 410, 422, 451])(
    "a refusal (%i) is never asked for twice",
    async (status) => {
      const read = () => world().as("vera").repository();
      const { sent } = await counting({ path: repository, status, times: "always" }, read, "GET");
      expect(sent).toBe(1);
    },
  );

  it("a Retry-After that is longer than a call may take is handed on, not waited for", async () => {
    const fault = { path: repository, status: 503, retryAfter: 120, times: "always" as const };
    const { outcome, sent } = await counting(fault, () => world().as("vera").repository(), "GET");
    expect(outcome).toMatchObject({ code: "unavailable", retryAfterSeconds: 120 });
    expect(sent).toBe(1);
  });

  it.each<[string, ContractFault, number]>([
    ["secondary, with Retry-After", { preset: "secondary-limit", retryAfter: 7 }, 7],
    ["secondary, without", { preset: "secondary-limit" }, 60],
    ["429", { status: 429, retryAfter: 9 }, 9],
  ])(
    "a limit (%s) is no refusal, and the caller stays quiet until it ends",
    async (_name, fault, seconds) => {
      const forge = world().as("vera");
      const { outcome } = await counting({ path: repository, ...fault }, () => forge.repository(), "GET");
      expect(outcome).toMatchObject({ code: "rate-limited", retryAfterSeconds: seconds });
      await world().forget();
      await expect(forge.viewer()).rejects.toMatchObject({ code: "rate-limited" });
      // His next request is made by another client.
      await expect(world().as("vera").viewer()).rejects.toMatchObject({ code: "rate-limited" });
      expect(await world().requests()).toEqual([]);
      expect(await world().as("rita").viewer()).toMatchObject({ login: "rita" });
    },
  );

  it("the primary limit names its own end", async () => {
    const fault = { path: repository, preset: "primary-limit", retryAfter: 90 };
    const { outcome } = await counting(fault, () => world().as("vera").repository(), "GET");
    const { retryAfterSeconds } = outcome as { retryAfterSeconds: number };
    expect(outcome).toMatchObject({ code: "rate-limited" });
    expect(retryAfterSeconds).toBeGreaterThan(0);
    expect(retryAfterSeconds).toBeLessThanOrEqual(91);
  });

  it("writes that may be repeated are: objects, labels, edits", async () => {
    const forge = world().as("rita");
    const { number } = await openPull(forge, "repeated");
    const label = () => forge.label(number, ["again"]);
    expect((await counting({ path: "/labels$", cut: "answer" }, label, "POST")).outcome).toBeUndefined();
    const edit = () => forge.updatePullRequest(number, { title: "Edited" });
    expect((await counting({ method: "PATCH", status: 503 }, edit, "PATCH")).outcome).toMatchObject({
      title: "Edited",
    });
    await world().fault({ path: "/git/trees", cut: "answer" });
    await world().fault({ path: "/git/commits", method: "POST", cut: "answer" });
    expect(await openPull(forge, "objects-again")).toMatchObject({ state: "open" });
  });
}

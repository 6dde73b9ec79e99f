import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openChange, refusal, startTestForge, target } from "../testing/test-forge.ts";
import type { TestForge } from "../testing/test-forge.ts";

describe("faults on demand", () => {
  let test: TestForge;
  beforeAll(async () => {
    test = await startTestForge();
  });
  afterAll(() => test.stop());
  afterEach(async () => {
    await test.control("DELETE", "faults");
    await test.control("PUT", "rate-limit", {});
  });

  const fault = (more: Record<string, unknown>) => test.control("POST", "faults", more);
  const get = (path: string, token = "ghp_rita") =>
    fetch(test.forge.api + path, { headers: { authorization: `token ${token}` } });

  it.each([401, 403, 404, 409, 422, 429, 500, 502, 503])("answers %i as often as asked", async (status) => {
    await fault({ method: "GET", path: "/repos/acme/fleet$", status, message: "As asked", times: 2 });
    const statuses = [];
    for (let round = 0; round < 3; round += 1) statuses.push((await get("/repos/acme/fleet")).status);
    expect(statuses).toEqual([status, status, 200]);
    expect(await refusal(test.as("rita").repos.get({ ...target, repo: "none" }))).toMatchObject({
      status: 404,
    });
  });

  it("hits only who and what it names, after those it skips", async () => {
    await fault({ path: "/user$", login: "rita", skip: 1, status: 503 });
    expect((await get("/user", "ghp_anna")).status).toBe(200);
    expect((await get("/user")).status).toBe(200);
    expect((await get("/user")).status).toBe(503);
    expect((await get("/user")).status).toBe(200);
  });

  it("cuts before the work, after it, and in the middle of the answer", async () => {
    await fault({ path: "/labels", cut: "request" });
    const label = (name: string) =>
      fetch(`${test.forge.api}/repos/acme/fleet/labels`, {
        method: "POST",
        headers: { authorization: "token ghp_rita" },
        body: JSON.stringify({ name }),
      });
    await expect(label("unmade")).rejects.toThrow();
    await fault({ path: "/labels", cut: "answer" });
    await expect(label("made")).rejects.toThrow();
    await fault({ method: "GET", path: "/labels", cut: "body" });
    const half = await get("/repos/acme/fleet/labels");
    await expect(half.text()).rejects.toThrow();
    const names = (await test.as("rita").issues.listLabelsForRepo(target)).data.map(({ name }) => name);
    expect(names).toEqual(["made"]);
  });

  it("answers late, with what it would have answered", async () => {
    await fault({ path: "/user$", delayMs: 20 });
    expect((await get("/user")).status).toBe(200);
  });

  it("tells a limit as GitHub does: primary with its reset, secondary with or without Retry-After", async () => {
    await fault({ preset: "primary-limit", retryAfter: 30 });
    const primary = await get("/user");
    expect([primary.status, primary.headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
    expect(Number(primary.headers.get("x-ratelimit-reset")) * 1000).toBeGreaterThan(Date.now());
    await fault({ preset: "secondary-limit", retryAfter: 7 });
    expect((await get("/user")).headers.get("retry-after")).toBe("7");
    await fault({ preset: "secondary-limit" });
    const silent = await get("/user");
    expect(silent.headers.has("retry-after")).toBe(false);
    expect(Number(silent.headers.get("x-ratelimit-remaining"))).toBeGreaterThan(0);
  });

  it("enforces a limit over all tokens of one person, and gives it back with the hour", async () => {
    await test.control("PUT", "rate-limit", { limit: 2, resetSeconds: 1 });
    expect((await get("/user", "ghp_vera")).status).toBe(200);
    expect((await get("/user", "ghp_vera")).status).toBe(200);
    expect((await get("/user", "ghp_vera")).status).toBe(403);
    expect((await get("/user")).status).toBe(200);
    expect((await get("/rate_limit", "ghp_vera")).status).toBe(200);
    await vi.waitFor(async () => expect((await get("/user", "ghp_vera")).status).toBe(200), {
      timeout: 10_000,
    });
  });

  it("refuses a resource under SAML with the link that cures it, and leaves rows out of lists", async () => {
    await fault({ preset: "saml", times: 2 });
    const single = await get("/repos/acme/fleet");
    expect(single.status).toBe(403);
    expect(single.headers.get("x-github-sso")).toMatch(/^required; url=https:/);
    const list = await get("/user/teams");
    expect([list.status, await list.json()]).toEqual([200, []]);
    expect(list.headers.get("x-github-sso")).toMatch(/^partial-results; organizations=/);
  });

  it("hits Git over HTTP too", async () => {
    await fault({ path: "/info/refs", status: 503, body: "down" });
    const clone = test.git(test.dir, "clone", test.remote("ghp_rita"), "refused");
    await expect(clone).rejects.toThrow("503");
  });

  it("computes mergeable late when held, and forgets it with a push", async () => {
    await test.control("PUT", "mergeability", { held: true });
    const number = await openChange(test.as("rita"), "late", { "late.yaml": "l: 1\n" });
    const read = async () => (await test.as("rita").pulls.get({ ...target, pull_number: number })).data;
    expect(await read()).toMatchObject({ mergeable: null, mergeable_state: "unknown" });
    expect(await read()).toMatchObject({ mergeable: null, mergeable_state: "unknown" });
    await test.control("PUT", "mergeability", { held: false });
    await vi.waitFor(async () => expect(await read()).toMatchObject({ mergeable: true }));
  });

  it("says what was asked, and refuses a fault that says nothing", async () => {
    await test.control("DELETE", "requests");
    await get("/user");
    expect(await test.control("GET", "requests")).toEqual([
      { method: "GET", url: "/api/v3/user", login: "rita", fault: null },
    ]);
    await expect(fault({ path: "/user" })).rejects.toThrow("a fault has a status");
    await expect(fault({ path: "(", status: 500 })).rejects.toThrow("regular expression");
    await expect(fault({ preset: "none" })).rejects.toThrow("no preset");
  });
});

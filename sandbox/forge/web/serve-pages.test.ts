import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChange, startTestForge, target } from "../testing/test-forge.ts";
import type { TestForge } from "../testing/test-forge.ts";

describe("web pages", () => {
  let test: TestForge;
  let number: number;
  beforeAll(async () => {
    test = await startTestForge();
    number = await openChange(test.as("rita"), "page", { "page.yaml": "shown: <script>\n" });
    await test
      .as("rita")
      .pulls.update({ ...target, pull_number: number, title: "<b>Title</b>", body: "The why." });
  });
  afterAll(() => test.stop());

  const read = async (path: string) => {
    const response = await fetch(test.forge.url + path);
    return `${String(response.status)} ${await response.text()}`;
  };

  it("a pull request's page shows what it is about, and nothing of it is markup", async () => {
    const text = await read(`/acme/fleet/pull/${String(number)}`);
    expect(text).toContain("200 ");
    for (const shown of [
      "&lt;b&gt;Title",
      "The why.",
      "open",
      "page.yaml",
      "+shown: &lt;script&gt;",
      "Change page",
    ]) {
      expect(text).toContain(shown);
    }
    expect(text).not.toContain("<script>");
  });

  it("the repository lists its pull requests, people have a profile, the rest is 404", async () => {
    expect(await read("/acme/fleet")).toContain("&lt;b&gt;Title");
    expect(await read("/rita")).toContain("Rita Requester");
    expect(await read("/acme/fleet/commit/main")).toContain("Add staging");
    expect(await read("/acme/fleet/tree/main/clusters")).toContain("/acme/fleet/tree/main/clusters/dev");
    expect(await read("/acme/fleet/blob/main/clusters/staging/b.yaml")).toContain("b: 1");
    expect(await read("/acme/fleet/raw/main/CODEOWNERS")).toBe("200 * @acme/fleet-approvers\n");
    expect(await read("/acme/fleet/blob/main/none")).toContain("404 ");
    expect(await read("/nobody-here")).toContain("404 ");
    expect(await read("/acme/fleet/pull/99")).toContain("404 ");
  });
});

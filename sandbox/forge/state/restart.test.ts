import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Octokit } from "@octokit/rest";
import { expect, it } from "vitest";
import { startForge } from "../start-forge.ts";
import { openChange, target, testSeed } from "../testing/test-forge.ts";

it("a restart keeps everything, and the seed is not used again", async () => {
  const dir = await mkdtemp(join(tmpdir(), "forge-restart-"));
  const seed = testSeed();
  const first = await startForge({ dir, seed });
  const rita = new Octokit({ baseUrl: first.api, auth: "ghp_rita" });
  const number = await openChange(rita, "kept", { "kept.yaml": "k: 1\n" });
  await rita.issues.createComment({ ...target, issue_number: number, body: "Still here?" });
  await first.close();
  await first.close();

  const second = await startForge({ dir, seed: { ...seed, organization: "other" } });
  const again = new Octokit({ baseUrl: second.api, auth: "ghp_rita" });
  const { data: pull } = await again.pulls.get({ ...target, pull_number: number });
  expect(pull).toMatchObject({ title: "Change kept", state: "open", comments: 1 });
  expect(pull.html_url).toBe(`${second.url}/acme/fleet/pull/${String(number)}`);
  expect(await openChange(again, "next", { "n.yaml": "n: 1\n" })).toBe(number + 1);
  await second.close();
  await rm(dir, { recursive: true, force: true });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { testSeed } from "./testing/test-forge.ts";

it("runs as a process of its own, says where, and ends with its stdin", async () => {
  const dir = await mkdtemp(join(tmpdir(), "forge-main-"));
  const file = join(dir, "options.json");
  await writeFile(file, JSON.stringify({ dir: join(dir, "state"), seed: testSeed() }));
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), file], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const response = await fetch(`${line.toString().trim()}/acme/fleet`);
  expect(await response.text()).toContain("Pull requests");
  child.stdin.end();
  expect(await once(child, "exit")).toEqual([0, null]);
  await rm(dir, { recursive: true, force: true });
});

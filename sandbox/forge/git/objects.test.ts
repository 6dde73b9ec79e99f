import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBlob, writeBlob } from "./objects.ts";
import { runGit } from "./run-git.ts";

let dir: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "git-objects-"));
  await runGit(dir, ["init", "--quiet", "--bare"]);
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

test("a blob is what git hash-object would have written: same SHA, same bytes, a sound repository; many at once too", async () => {
  const contents = ["", "text\n", "ä\0binary", "x".repeat(100_000)].map((text) => Buffer.from(text));
  for (const content of contents) {
    const [sha, again] = await Promise.all([writeBlob(dir, content), writeBlob(dir, content)]);
    const { stdout } = await runGit(dir, ["hash-object", "--stdin"], { input: content });
    expect([sha, again]).toEqual([stdout.trim(), stdout.trim()]);
    expect(await readBlob(dir, sha)).toEqual(content);
  }
  await runGit(dir, ["fsck", "--strict"]);
});

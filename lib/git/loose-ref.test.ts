import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { looseRef } from "./loose-ref.ts";

const sha = "0123456789abcdef0123456789abcdef01234567";
let dir: string;

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(dir, path)), { recursive: true });
  await writeFile(join(dir, path), text);
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "loose-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe("a ref's own file", () => {
  it("is read where it holds a hash", async () => {
    await put("refs/heads/feature/x", `${sha}\n`);
    expect(await looseRef(dir, "refs/heads/feature/x")).toBe(sha);
  });

  it("is left to git where it is missing, symbolic, a directory or half a hash", async () => {
    await put("refs/heads/link", "ref: refs/heads/main\n");
    await put("refs/heads/half", sha.slice(0, 20));
    for (const name of ["absent", "link", "half", "feature"])
      expect(await looseRef(dir, `refs/heads/${name}`), name).toBeNull();
  });

  it("is never sought outside the repository", async () => {
    await put("secret", `${sha}\n`);
    for (const name of ["../secret", "x/../../../secret", ".hidden", "/secret"])
      expect(await looseRef(join(dir, "refs/heads"), name), name).toBeNull();
  });
});

import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withTempDir } from "./temp-dir.ts";

const script = (rest: string): string =>
  `import { makeTempDir } from ${JSON.stringify(join(import.meta.dirname, "temp-dir.ts"))};
   const dir = makeTempDir(process.argv[1]); console.log(dir); ${rest}`;
/** A process that makes a directory, then ends as told; where its directory is. */
const elsewhere = (kind: string, rest: string): string =>
  spawnSync(process.execPath, ["--input-type=module", "-e", script(rest), kind], {
    encoding: "utf8",
  }).stdout.trim();

test("a directory is there for its use only, also where the use fails", async () => {
  let dir = "";
  const use = (given: string): Promise<never> => {
    dir = given;
    writeFileSync(join(given, "file"), "");
    return Promise.reject(new Error("no"));
  };
  await expect(withTempDir("unit", use)).rejects.toThrow("no");
  expect(dir).not.toBe("");
  expect(existsSync(dir)).toBe(false);
});

test("a process that exits takes its directories along", () => {
  const dir = elsewhere("exits", "process.exit(0)");
  expect(dir).toContain("fleetwright-exits-");
  expect(existsSync(dir)).toBe(false);
});

test("what a killed process left goes when the next one makes its first of the kind; a living one's stays", async () => {
  const left = elsewhere("killed", `process.kill(process.pid, "SIGKILL")`);
  expect(existsSync(left)).toBe(true);
  await withTempDir("killed", (own) => {
    expect(existsSync(left)).toBe(false);
    elsewhere("killed", "");
    expect(existsSync(own)).toBe(true);
    return Promise.resolve();
  });
});

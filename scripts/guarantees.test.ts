import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/guarantees.md"), "utf8");

/** What the page names: `file` › `test`, below the sentence of a guarantee. */
const named = [...page.matchAll(/^ {2}- `([^`]+)` › `([^`]+)`$/gm)].map(([, file = "", name = ""]) => ({
  file,
  name,
}));

function isThere({ file, name }: { file: string; name: string }): boolean {
  const path = join(root, file);
  if (!existsSync(path)) return false;
  const text = readFileSync(path, "utf8");
  return ['"', "'", "`"].some((quote) => text.includes(`${quote}${name}${quote}`));
}

describe("docs/guarantees.md", () => {
  test("names only tests that are there", () => {
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((one) => !isThere(one))).toEqual([]);
  });

  test("the check can fail: a file or a test that is not there is found out", () => {
    expect(isThere({ file: "scripts/none.test.ts", name: "names only tests that are there" })).toBe(false);
    expect(isThere({ file: "scripts/guarantees.test.ts", name: ["no", "such", "test"].join(" ") })).toBe(
      false,
    );
  });

  test("gives every guarantee, save the gaps, a test that holds it", () => {
    const [promised = ""] = page.split("## Gaps");
    const lines = promised.split("\n").filter((line) => /^ *- /.test(line));
    const bare = lines.filter((line, at) => line.startsWith("- ") && !lines[at + 1]?.startsWith("  - "));
    expect(bare).toEqual([]);
    expect(lines.filter((line) => line.startsWith("  - "))).toHaveLength(named.length);
  });
});

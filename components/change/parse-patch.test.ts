import { describe, expect, it } from "vitest";
import { parsePatch } from "./parse-patch";

describe("parsePatch", () => {
  it("numbers added lines by the new file and removed ones by the old", () => {
    const lines = parsePatch("@@ -1,3 +1,3 @@\n resources:\n-  - b.yaml\n+  - a.yaml\n   - c.yaml");
    expect(lines).toEqual([
      { kind: "same", number: 1, text: "resources:" },
      { kind: "remove", number: 2, text: "  - b.yaml" },
      { kind: "add", number: 2, text: "  - a.yaml" },
      { kind: "same", number: 3, text: "  - c.yaml" },
    ]);
  });

  it("puts a gap before a hunk further down and leaves out what is no diff line", () => {
    const lines = parsePatch("@@ -10 +12,2 @@ spec:\n a\n+b\n\\ No newline at end of file\ngarbage");
    expect(lines.map(({ kind, number }) => [kind, number])).toEqual([
      ["gap", null],
      ["same", 12],
      ["add", 13],
    ]);
  });

  it("has no line for an empty patch", () => {
    expect(parsePatch("")).toEqual([]);
  });
});

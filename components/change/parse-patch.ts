/** One line of a unified diff; `number` is its line in the new file (in the old one where it was removed). */
export interface DiffLine {
  kind: "add" | "remove" | "same" | "gap";
  number: number | null;
  text: string;
}

/**
 * Lines of a patch as the forge gives it per file (hunks only). A gap stands between hunks and before one that
 * does not start at the top; unreadable lines are left out, never thrown on.
 */
export function parsePatch(patch: string): DiffLine[] {
  const lines: DiffLine[] = [];
  let before = 0;
  let after = 0;
  for (const raw of patch.replace(/\n$/, "").split("\n")) {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/.exec(raw);
    if (hunk) {
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      if (lines.length > 0 || after > 1)
        lines.push({ kind: "gap", number: null, text: `⋯ ${(hunk[3] ?? "").trim()}` });
      continue;
    }
    const text = raw.slice(1);
    if (raw.startsWith("+")) lines.push({ kind: "add", number: after++, text });
    else if (raw.startsWith("-")) lines.push({ kind: "remove", number: before++, text });
    else if (raw.startsWith(" ")) {
      lines.push({ kind: "same", number: after++, text });
      before += 1;
    }
  }
  return lines;
}

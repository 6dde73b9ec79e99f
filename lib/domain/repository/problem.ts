import type { Document, LineCounter } from "yaml";
import { isNode } from "yaml";

/** What is wrong with a file of the fleet repository, where, and what is allowed. */
export interface Problem {
  file: string;
  /** 1-based; null where the file as a whole is meant. */
  line: number | null;
  /** Dotted path inside the file (`regions.westeurope.versions`), "" for the whole. */
  at: string;
  message: string;
  /** A warning leaves the file usable. */
  severity: "error" | "warning";
}

/**
 * Line of the node at `path`, or of its nearest ancestor that is written in the file (a missing key has no line
 * of its own).
 */
export function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}

/** A problem as one line: `fleet.yaml:12 regions.westeurope.versions: …`. */
export function problemLine(problem: Problem): string {
  const place = problem.line === null ? problem.file : `${problem.file}:${String(problem.line)}`;
  return `${place} ${problem.at === "" ? "" : `${problem.at}: `}${problem.message}`;
}

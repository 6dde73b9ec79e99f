import { parseStoredNodes } from "../domain/cluster/read-node.ts";
import { code, listNames, plain } from "../domain/cluster/text-part.ts";
import type { TextPart } from "./views.ts";

const named = 3;

/** Which nodes are not ready, and what the first of them says; nothing where all are, or none is known. */
export function notReadyNodes(stored: unknown): TextPart[] {
  const nodes = parseStoredNodes(stored).filter(({ word }) => word === "Not ready");
  const first = nodes[0];
  if (!first) return [];
  const more = nodes.length - named;
  const shown = nodes.slice(0, named).map(({ name }) => name);
  const names = more > 0 ? [...shown.flatMap((name) => [code(name), plain(", ")])] : listNames(shown);
  return [
    plain("Not ready: "),
    ...names,
    ...(more > 0 ? [plain(`and ${String(more)} more`)] : []),
    plain(first.reason === null ? "." : ` (${first.reason}).`),
  ];
}

import { causeOfHealth, causeOfObject } from "../cluster/cause-of.ts";
import { isTrouble } from "../flux/sync.ts";
import { explain } from "./explain.ts";
import type { Root } from "./find-roots.ts";
import type { CauseNode } from "./graph.ts";

/** What a root is called: one key for the same cause, wherever and whenever it shows. */
export interface NamedRoot {
  key: string;
  /** Id of the catalogue's entry, where it is a known error. */
  entry: string | null;
  title: string;
}

/** Key and title of a root. Keys hold names and what the catalogue says is shared, never times or counts. */
export function nameRoot(root: Root, nodes: ReadonlyMap<string, CauseNode>, now: Date): NamedRoot {
  const members = root.members.flatMap((id) => nodes.get(id) ?? []);
  if (root.cycle) {
    const names = members.map(nameOf).sort();
    return {
      key: `cycle:${names.join("+")}`,
      entry: null,
      title: `${names.join(" and ")} wait for each other`,
    };
  }
  const [node] = members;
  if (!node) return { key: "unknown", entry: null, title: "Unknown" };
  if (node.of === "flux") return nameFlux(node.flux, now);
  const { health, healthReason: reason, healthMessage: message } = node.cluster;
  return { ...causeOfHealth(health, reason, message), entry: explain({ reason, message })?.entry ?? null };
}

function nameFlux(flux: Extract<CauseNode, { of: "flux" }>["flux"], now: Date): NamedRoot {
  if (!isTrouble(flux, now)) {
    const key = `unfinished:${flux.kind}/${flux.namespace}/${flux.name}`;
    return { key, entry: null, title: `${flux.name} is not done yet` };
  }
  const { key, title } = causeOfObject(flux);
  const entry = explain({ reason: null, message: flux.message })?.entry ?? null;
  const unknown = entry === null && (flux.sync === "Failing" || flux.sync === "Failed");
  return { key: unknown && flux.message ? `${key}:${fingerprint(flux.message)}` : key, entry, title };
}

/** Twelve letters for a message: alike for messages that differ in numbers, hashes and temporary paths only. */
function fingerprint(message: string): string {
  const plain = message.slice(0, 4_000).replace(/[0-9a-f]{7,64}|\d+/g, "#");
  let [a, b] = [0x811c9dc5, 0x1000193];
  for (let index = 0; index < plain.length; index += 1) {
    a = Math.imul(a ^ plain.charCodeAt(index), 0x01000193);
    b = Math.imul(b ^ plain.charCodeAt(index), 0x85ebca6b);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`.slice(0, 12);
}

/** What people call an object. */
function nameOf(node: CauseNode): string {
  return node.of === "flux" ? node.flux.name : node.cluster.name;
}

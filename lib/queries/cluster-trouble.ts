import type { StoredClusterDetail } from "../db/clusters.ts";
import { causeOfObject, firstSentence } from "../domain/cluster/cause-of.ts";
import { recogniseError } from "../domain/cluster/known-errors.ts";
import { keyOf, rootCauses } from "../domain/cluster/root-causes.ts";
import { code, listNames, plain } from "../domain/cluster/text-part.ts";
import { waitingFor, type FluxOf } from "./fleet-troubles.ts";
import type { ClusterDetail, ClusterRow, TextPart } from "./views.ts";

/** The state as the rest of a sentence that begins with its word. */
export function clusterSentence(
  stored: StoredClusterDetail,
  row: ClusterRow,
  objects: readonly FluxOf[],
  now: Date,
): TextPart[] {
  if (row.stale) return [plain("the management cluster does not answer, so this is what was last known")];
  if (stored.lifecycle === "Requested" && stored.requestedBy !== null) {
    const number = String(stored.requestedBy);
    return [{ ...code(`#${number}`), href: `/changes/${number}` }, plain(" waits for approval")];
  }
  if (stored.lifecycle === "NotApplied") return [plain("merged, waiting for Flux to apply it")];
  const root = rootCauses(objects, now)[0];
  const waiting = root && root.sync === stored.word ? waitingFor(root, objects) : [];
  const cause = row.cause === null ? [] : [plain(row.cause)];
  if (waiting.length === 0) return cause;
  return [...cause, plain(", so "), ...listNames(waiting), plain(waiting.length === 1 ? " waits" : " wait")];
}

/** The cause, explained: what it is, what reports it, what waits for it, what one can do. */
export function clusterTrouble(
  stored: StoredClusterDetail,
  row: ClusterRow,
  objects: readonly FluxOf[],
  now: Date,
): ClusterDetail["trouble"] {
  if (row.stale || stored.rank >= 7) return null;
  const root = rootCauses(objects, now)[0];
  const { tone } = row.mark;
  if (root && root.sync === stored.word) {
    const waiting = waitingFor(root, objects);
    return {
      tone,
      title: causeOfObject(root).title,
      aside: null,
      sentence: [
        plain(`${root.kind} `),
        code(keyOf(root)),
        plain(root.message ? ` says: ${told(root.message)}` : " does not say why."),
        ...(waiting.length > 0 ? [plain(" "), ...listNames(waiting), plain(waits(waiting))] : []),
        ...advice(root.message),
      ],
    };
  }
  const message = stored.healthMessage;
  return {
    tone,
    title: row.cause ?? stored.word,
    aside: stored.healthReason,
    sentence: [
      plain(message ? told(message, stored.healthReason) : "Nobody says why."),
      ...advice(`${stored.healthReason ?? ""} ${message ?? ""}`),
    ],
  };
}

function waits(names: readonly string[]): string {
  return names.length === 1 ? " waits for it." : " wait for it.";
}

/** The reporter's words as a sentence of ours. */
function told(message: string, reason: string | null = null): string {
  const known = recogniseError(`${reason ?? ""} ${message}`)?.told;
  const text = known ? known.charAt(0).toUpperCase() + known.slice(1) : (firstSentence(message) ?? message);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function advice(message: string | null): TextPart[] {
  const known = recogniseError(message);
  return known?.advice ? [plain(` ${known.advice}`)] : [];
}

/** What one must know before believing the list of Flux objects. */
export function fluxNote(
  { live, contact, contactMessage, health }: StoredClusterDetail,
  stale: boolean,
): string | null {
  if (!live) return null;
  if (stale) return "The management cluster does not answer: these are the states last known.";
  if (contact === "not-readable") {
    return `The portal may not read this cluster (${contactMessage ?? "no reason given"}): its own objects are the last known.`;
  }
  if (contact === "unreachable" || health === "Unreachable") {
    return "The cluster’s API server does not answer: its own objects are the last known.";
  }
  return null;
}

import type { StoredClusterDetail } from "../db/clusters.ts";
import { behindPhrase, type Head } from "../domain/cluster/behind-phrase.ts";
import { causeOfObject, firstSentence } from "../domain/cluster/cause-of.ts";
import { recogniseError } from "../domain/cluster/known-errors.ts";
import { explain } from "../domain/causes/explain.ts";
import type { FoundCommit } from "../db/commits.ts";
import { shaOfRevision } from "../domain/flux/revision.ts";
import { keyOf, oldSources, rootCauses } from "../domain/cluster/root-causes.ts";
import { code, listNames, plain } from "../domain/cluster/text-part.ts";
import { isUnread } from "./cluster-row.ts";
import { notReadyNodes } from "./not-ready-nodes.ts";
import { sameCause, waitingFor, type FluxOf } from "./fleet-troubles.ts";
import { pausedTrouble } from "./paused-trouble.ts";
import { toCommit, toExplanation } from "./to-cause.ts";
import type { CauseView, ClusterDetail, ClusterRow, FileView, TextPart } from "./views.ts";

/** What the sentences about one cluster are made from. */
interface Subject {
  stored: StoredClusterDetail;
  row: ClusterRow;
  objects: readonly FluxOf[];
  head: Head;
  files: readonly FileView[];
  /** The commits its objects are at, or try. */
  commits: ReadonlyMap<string, FoundCommit>;
  now: Date;
}

/** The state as the rest of a sentence that begins with its word. */
export function clusterSentence({ stored, row, objects, head, now }: Subject): TextPart[] {
  if (row.stale) return [plain("the management cluster does not answer, so this is what was last known")];
  if (stored.lifecycle === "Requested" && stored.requestedBy !== null) {
    const number = String(stored.requestedBy);
    return [{ ...code(`#${number}`), href: `/changes/${number}` }, plain(" waits for approval")];
  }
  if (stored.lifecycle === "NotApplied") return [plain("merged, waiting for Flux to apply it")];
  const root = rootCauses(objects, now)[0];
  if (stored.word === "Behind" && root?.sync !== "Behind")
    return [plain(`${commitsOf(stored)}, ${behindPhrase(stored.revision, head)}`)];
  const waiting = root && root.sync === stored.word ? waitingFor(root, objects) : [];
  const cause = row.cause === null ? [] : [plain(row.cause)];
  if (waiting.length === 0) return cause;
  return [...cause, plain(", so "), ...listNames(waiting), plain(waiting.length === 1 ? " waits" : " wait")];
}

const commitsOf = ({ behindBy }: StoredClusterDetail): string =>
  `${String(behindBy ?? 0)} commit${behindBy === 1 ? "" : "s"}`;

/** The cause, explained: what it is, what reports it, what waits for it, what one can do. */
export function clusterTrouble(subject: Subject): ClusterDetail["trouble"] {
  const { stored, row, objects, head, files, now } = subject;
  if (row.stale) return null;
  if (stored.word === "Paused") return pausedTrouble(stored, files);
  if (stored.rank >= 7) return oldTrouble(subject);
  const root = rootCauses(objects, now)[0];
  if (root && root.sync === stored.word) return objectTrouble(root, subject);
  if (stored.word === "Behind") return behindTrouble(stored, head);
  const message = stored.healthMessage;
  // Of a cluster that the portal reads, the known error's word on silence would be wrong.
  const read = stored.word === "Unreachable" && stored.contact === "ok";
  return {
    tone: row.mark.tone,
    title: row.cause ?? stored.word,
    aside: stored.healthReason,
    sentence: [
      ...(read
        ? [plain(`It answers the portal${slowly(stored)}: what is shown of its own objects is up to date.`)]
        : saidBeyond(
            row.cause ?? stored.word,
            message ? told(message, stored.healthReason) : "Nobody says why.",
          )),
      ...(stored.word === "Degraded" ? [plain(" "), ...notReadyNodes(stored.nodes)] : []),
      ...advice(`${stored.healthReason ?? ""} ${message ?? ""}`),
    ],
    explanation: toExplanation(explain({ reason: stored.healthReason, message })),
  };
}

/** Where the reporter says no more than the title, it is not said twice. */
const saidBeyond = (title: string, sentence: string): TextPart[] =>
  sentence.replace(/\.$/, "") === title.replace(/\.$/, "") ? [] : [plain(sentence)];

const slowly = ({ contactMessage }: StoredClusterDetail): string =>
  contactMessage === null ? "" : `, but ${contactMessage}`;

function objectTrouble(root: FluxOf, subject: Subject): ClusterDetail["trouble"] {
  const { row, objects, head, now } = subject;
  const waiting = waitingFor(root, objects);
  const same = sameCause(root, rootCauses(objects, now)).filter(({ kind }) => kind === root.kind);
  const many = same.length > 1;
  const verb = many ? "say" : "says";
  const silent = many ? " do not say why." : " does not say why.";
  const says = root.message ? ` ${verb}: ${told(root.message)}` : silent;
  return {
    tone: row.mark.tone,
    title: causeOfObject(root).title,
    aside: null,
    sentence: [
      plain(`${root.kind}${many ? "s" : ""} `),
      ...listNames(same.map(keyOf)),
      plain(root.sync === "Behind" ? ` is ${behindPhrase(root.sha, head)}.` : says),
      ...(waiting.length > 0 ? [plain(" "), ...listNames(waiting), plain(waits(waiting))] : []),
      ...advice(root.message),
    ],
    ...causeView(root, same, subject),
  };
}

/** What it means, the pages of those that fail, and the commit the worst of them cannot get applied. */
function causeView(root: FluxOf, same: readonly FluxOf[], { commits }: Subject): CauseView {
  const tried = shaOfRevision(root.attemptedRevision);
  const stuck = tried !== null && tried !== root.sha ? tried : null;
  return {
    explanation: toExplanation(explain({ reason: null, message: root.message })),
    objects: same.map(({ id, kind, namespace, name }) => ({
      id,
      label: `${kind} ${namespace}/${name}`,
      cluster: null,
    })),
    commit: toCommit(stuck, commits),
  };
}

/** The cluster is well, and goes on with what its source fetched last. */
function oldTrouble(subject: Subject): ClusterDetail["trouble"] {
  const { objects } = subject;
  const source = oldSources(objects)[0];
  if (!source) return null;
  const says = source.message ? ` says: ${told(source.message)}` : " does not say why.";
  return {
    tone: "attention",
    title: causeOfObject(source).title,
    aside: null,
    sentence: [
      plain(`${source.kind} `),
      code(keyOf(source)),
      plain(says),
      ...advice(source.message),
      plain(" Its revision is old: "),
      code(source.sha?.slice(0, 7) ?? source.revision ?? "unknown"),
      plain("."),
    ],
    ...causeView(source, [source], subject),
  };
}

/** All that is settled there is settled on an old commit: nothing fails, so nothing reports it. */
function behindTrouble(stored: StoredClusterDetail, head: Head): ClusterDetail["trouble"] {
  return {
    tone: "attention",
    title: `${commitsOf(stored)} behind ${head.branch}`,
    aside: null,
    sentence: [
      plain(`It is ${behindPhrase(stored.revision, head)}. Nothing fails there, so no object says why: `),
      plain("look whether its source is held at a commit, or rarely looks."),
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
  if (isUnread({ contact, health })) {
    return "The cluster’s API server does not answer: its own objects are the last known.";
  }
  return null;
}

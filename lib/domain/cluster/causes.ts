import { explain, type Explanation } from "../causes/explain.ts";
import { firstSentence } from "./cause-of.ts";
import type { Tone } from "./mark.ts";
import { code, listNames, plain, type TextPart } from "./text-part.ts";

/** An object that fails, on a cluster's page or the management cluster's own (`cluster` null). */
export interface FailingObject {
  id: string;
  label: string;
  cluster: string | null;
}

/** A cluster, or an object all clusters share, that is not well. */
export interface Trouble {
  key: string;
  tone: Tone;
  rank: number;
  word: string;
  title: string;
  since: string;
  /** The reporter's own text. */
  message: string | null;
  reason?: string | null;
  /** The objects themselves, where they have a page. */
  at?: readonly FailingObject[];
  /** Null for what belongs to the management cluster itself. */
  cluster: { slug: string; name: string } | null;
  /** Names of the troubled objects, where it is objects that are troubled. */
  objects: string[];
  /** What waits for it. */
  waiting: string[];
  /** How it stands, to be read after its name, where that says more than the word alone. */
  phrase?: string;
  /** The commit that fails, where it is one for all. */
  commit?: string;
}

export interface TroubleGroup {
  key: string;
  tone: Tone;
  title: string;
  sentence: TextPart[];
  since: string;
  clusters: { slug: string; name: string }[];
  /** Null where nobody knows the error. */
  explanation: Explanation | null;
  /** The first of them, `mostObjects` at most. */
  objects: FailingObject[];
  /** The commit that fails, where it is one for all. */
  commit: string | null;
}

/** What a reader still looks through; a cause on a thousand clusters has as many. */
const mostObjects = 20;

/** One line per cause, not per symptom: the worst first, then the one that hits most, then the oldest. */
export function groupTroubles(troubles: readonly Trouble[]): TroubleGroup[] {
  const groups = Map.groupBy(troubles, ({ key }) => key);
  return [...groups.values()]
    .map((group) => ({ group: describe(group), rank: Math.min(...group.map(({ rank }) => rank)) }))
    .sort(
      (a, b) =>
        a.rank - b.rank || b.group.clusters.length - a.group.clusters.length || compare(a.group, b.group),
    )
    .map(({ group }) => group);
}

function compare(a: TroubleGroup, b: TroubleGroup): number {
  return a.since.localeCompare(b.since) || a.key.localeCompare(b.key);
}

function describe(group: readonly Trouble[]): TroubleGroup {
  const nameOf = ({ cluster }: Trouble) => cluster?.name ?? "";
  const sorted = [...group].sort(
    (a, b) => a.since.localeCompare(b.since) || nameOf(a).localeCompare(nameOf(b), "en", { numeric: true }),
  );
  const [first] = sorted;
  if (!first) throw new Error("a group of troubles has at least one");
  const clusters = [
    ...new Map(sorted.flatMap(({ cluster }) => (cluster ? [[cluster.slug, cluster]] : []))).values(),
  ];
  const worst = group.reduce((a, b) => (b.rank < a.rank ? b : a));
  const explanation = explain({ reason: first.reason ?? null, message: first.message });
  const objects = new Map(sorted.flatMap(({ at = [] }) => at.map((one) => [one.id, one] as const)));
  return {
    key: first.key,
    tone: worst.tone,
    title: titleOf(sorted, first),
    sentence: sentenceOf(sorted, explanation, [
      ...(sorted.some(({ cluster }) => cluster === null) ? ["the management cluster"] : []),
      ...clusters.map(({ name }) => name),
    ]),
    since: first.since,
    clusters,
    explanation,
    objects: [...objects.values()].slice(0, mostObjects),
    commit: group.every(({ commit }) => commit === first.commit) ? (first.commit ?? null) : null,
  };
}

/** How far each is behind differs; that they are is the cause. */
function titleOf(group: readonly Trouble[], { word, title }: Trouble): string {
  return word === "Behind" && group.some((one) => one.title !== title) ? "Behind the branch" : title;
}

function sentenceOf(
  group: readonly Trouble[],
  known: Explanation | null,
  names: readonly string[],
): TextPart[] {
  const [first] = group;
  if (!first) return [];
  const parts: TextPart[] = [...listNames(names, plain), plain(" · ")];
  const objects = [...new Set(group.flatMap((one) => one.objects))];
  if (objects.length > 0)
    parts.push(...listNames(objects), plain(` ${first.phrase ?? first.word.toLowerCase()}`));
  const waiting = [...new Set(group.flatMap((one) => one.waiting))];
  if (waiting.length > 0) {
    parts.push(plain(objects.length > 0 ? ", " : ""), ...listNames(waiting));
    parts.push(plain(waiting.length === 1 ? " waits for it" : " wait for it"));
  }
  const told = known?.told ?? (objects.length > 0 ? null : (first.phrase ?? firstSentence(first.message)));
  if (told !== null && told !== first.title)
    parts.push(plain(`${objects.length > 0 ? ": " : ""}${told.replace(/\.$/, "")}`));
  else if (objects.length === 0) parts.push(plain(first.word.toLowerCase()));
  if (first.commit !== undefined) parts.push(plain(", at commit "), code(first.commit.slice(0, 7)));
  const advice = known?.advice;
  parts.push(plain(advice ? `. ${advice}` : "."));
  return parts;
}

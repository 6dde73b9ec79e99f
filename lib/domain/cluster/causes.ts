import { firstSentence } from "./cause-of.ts";
import { recogniseError } from "./known-errors.ts";
import type { Tone } from "./mark.ts";
import { code, listNames, plain, type TextPart } from "./text-part.ts";

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
}

/** One line per cause, not per symptom: the worst first, then the one that hits most, then the oldest. */
export function groupTroubles(troubles: readonly Trouble[]): TroubleGroup[] {
  const groups = Map.groupBy(troubles, ({ key, tone }) => `${tone}|${key}`);
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
  return {
    key: `${first.tone}|${first.key}`,
    tone: first.tone,
    title: first.title,
    sentence: sentenceOf(sorted, [
      ...(sorted.some(({ cluster }) => cluster === null) ? ["the management cluster"] : []),
      ...clusters.map(({ name }) => name),
    ]),
    since: first.since,
    clusters,
  };
}

function sentenceOf(group: readonly Trouble[], names: readonly string[]): TextPart[] {
  const [first] = group;
  if (!first) return [];
  const known = recogniseError(first.message);
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

import { historySince, listMoment, listStrips, type StoredMomentRow } from "../db/timeline.ts";
import { scopeOf } from "../domain/access/actor.ts";
import { clusterSlug } from "../domain/cluster/slug.ts";
import { toneWords } from "../domain/cluster/tone-words.ts";
import { parseMoment } from "../domain/timeline/parse-moment.ts";
import { countTones } from "../domain/timeline/strip.ts";
import { bucketsOf, type TimelineRange } from "../domain/timeline/timeline-range.ts";
import type { FleetMoment, FleetTimeline, MomentRow } from "../domain/timeline/timeline-views.ts";
import { parseTone } from "./cluster-mark.ts";
import type { ReadContext } from "./context.ts";

/** How the actor's clusters have been, a digit a bucket; cut, joined and aggregated by the database. */
export async function getFleetTimeline(
  { db, actor, now }: ReadContext,
  range: TimelineRange,
): Promise<FleetTimeline> {
  const scope = scopeOf(actor);
  const buckets = bucketsOf(range, now);
  const [strips, since] = await Promise.all([listStrips(db, scope, buckets, now), historySince(db, scope)]);
  return {
    range,
    from: buckets.from.toISOString(),
    to: buckets.to.toISOString(),
    bucketMs: buckets.bucketMs,
    since: since?.toISOString() ?? null,
    rows: strips.map(({ namespace, name, environment, strip }) => ({
      ...{ slug: clusterSlug({ namespace, name }), name, environment, strip },
    })),
    counts: countTones(
      strips.map(({ strip }) => strip),
      buckets.count,
    ),
  };
}

/** Every cluster of the actor as it was at a moment, or why that cannot be said. */
export async function getFleetMoment({ db, actor, now }: ReadContext, text: string): Promise<FleetMoment> {
  const scope = scopeOf(actor);
  const since = await historySince(db, scope);
  const { at, problem } = parseMoment(text, { since, now });
  const rows = at === null ? [] : (await listMoment(db, scope, at, now)).map(toMomentRow);
  return {
    at: at?.toISOString() ?? null,
    problem,
    since: since?.toISOString() ?? null,
    counts: countMarks(rows),
    rows,
  };
}

function toMomentRow(row: StoredMomentRow): MomentRow {
  const { id, name, environment, team, word, cause, version, revision } = row;
  return {
    slug: row.gone ? null : clusterSlug(row),
    ...{ id, name, environment, team, cause, version, revision },
    mark: word === null ? null : { tone: parseTone(row.tone ?? ""), word },
    from: row.from?.toISOString() ?? null,
    to: row.to?.toISOString() ?? null,
  };
}

function countMarks(rows: readonly MomentRow[]): FleetMoment["counts"] {
  const known = toneWords.map(({ tone, word }) => ({
    ...{ tone, word, count: rows.filter(({ mark }) => mark?.tone === tone).length },
  }));
  const missing = rows.filter(({ mark }) => mark === null).length;
  return [...known, { tone: null, word: "Not recorded", count: missing }].filter(({ count }) => count > 0);
}

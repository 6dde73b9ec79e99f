import { listSegments, type StoredSegment } from "../db/timeline.ts";
import { countVisibleClusters } from "../db/clusters.ts";
import { scopeOf } from "../domain/access/actor.ts";
import { parseClusterSlug } from "../domain/cluster/slug.ts";
import { bucketsOf, type TimelineRange } from "../domain/timeline/timeline-range.ts";
import type { ClusterTimeline, Segment } from "../domain/timeline/timeline-views.ts";
import { parseTone } from "./cluster-mark.ts";
import type { ReadContext } from "./context.ts";

/** Intervals of all axes that one answer carries; beyond, the oldest are left out and that is said. */
const most = 1_500;

/** What was recorded of one cluster; null where it is not there or not the actor's. */
export async function getClusterTimeline(
  { db, actor, now }: ReadContext,
  slug: string,
  range: TimelineRange,
): Promise<ClusterTimeline | null> {
  const key = parseClusterSlug(slug);
  if (key === null) return null;
  const scope = scopeOf(actor);
  if ((await countVisibleClusters(db, scope, key)) === 0) return null;
  const { from, to } = bucketsOf(range, now);
  const found = await listSegments(db, scope, key, { from, now, limit: most + 1 });
  const kept = found.slice(0, most).reverse();
  const axis = (name: string): Segment[] => kept.filter((one) => one.axis === name).map(toSegment);
  return {
    range,
    from: from.toISOString(),
    to: to.toISOString(),
    since: kept[0]?.from.toISOString() ?? null,
    state: axis("state"),
    version: axis("version"),
    revision: axis("revision"),
    truncated: found.length > most,
  };
}

const toSegment = ({ value, tone, detail, from, to, seenUntil }: StoredSegment): Segment => ({
  ...{ value, detail, tone: tone === null ? null : parseTone(tone), from: from.toISOString() },
  ...{ to: to?.toISOString() ?? null, seenUntil: seenUntil.toISOString() },
});

import type { ClusterData, IntervalData } from "../../db/inventory-rows.ts";
import type { Changes } from "./batch.ts";

type Axis = IntervalData["axis"];
type Open = Pick<IntervalData, "uid" | "value" | "tone">;

/**
 * History: for how long each cluster was in which state, ran which version and had which revision. An interval is
 * open until another value, or another life of the cluster's name, begins.
 */
export class IntervalBook {
  readonly #open: Map<string, Open>;

  /** Takes what is open in the database. */
  constructor(open: readonly IntervalData[]) {
    this.#open = new Map(open.map((interval) => [keyOf(interval), interval]));
  }

  /** What begins now, and what ends, where the rows say something else than before. */
  fresh(rows: readonly ClusterData[], now: Date): Pick<Changes, "intervals" | "intervalsEnded"> {
    const at = now.toISOString();
    const changes: Pick<Changes, "intervals" | "intervalsEnded"> = { intervals: [], intervalsEnded: [] };
    for (const row of rows) {
      for (const { axis, value, tone, detail } of valuesOf(row)) {
        const before = this.#open.get(keyOf({ clusterId: row.id, axis }));
        const uid = row.uid ?? "";
        const same =
          before !== undefined && value === before.value && uid === before.uid && tone === before.tone;
        if (same || (before === undefined && value === null)) continue;
        if (before) changes.intervalsEnded.push({ clusterId: row.id, axis, at });
        if (value !== null)
          changes.intervals.push({ clusterId: row.id, uid, axis, value, tone, detail, from: at });
      }
    }
    return changes;
  }

  /** Remembers what was written. */
  learn({ intervals, intervalsEnded }: Pick<Changes, "intervals" | "intervalsEnded">): void {
    for (const ended of intervalsEnded) this.#open.delete(keyOf(ended));
    for (const interval of intervals) this.#open.set(keyOf(interval), interval);
  }
}

interface Value {
  axis: Axis;
  /** Null ends what is open: a buried cluster is in no state. */
  value: string | null;
  tone: string | null;
  detail: string | null;
}

function valuesOf({ deletedAt, word, tone, cause, observedVersion, revision }: ClusterData): Value[] {
  const alive = deletedAt === null;
  const plain = { tone: null, detail: null };
  return [
    { axis: "state", value: alive ? word : null, tone: alive ? tone : null, detail: cause },
    { axis: "version", value: alive ? observedVersion : null, ...plain },
    { axis: "revision", value: alive ? revision : null, ...plain },
  ];
}

const keyOf = ({ clusterId, axis }: { clusterId: string; axis: string }): string => `${clusterId}|${axis}`;

import type { Lifecycle } from "./lifecycle.ts";
import type { Mark } from "./mark.ts";
import { code, plain, type TextPart } from "./text-part.ts";

export const journeyKeys = [
  "requested",
  "merged",
  "fetched",
  "applied",
  "infrastructure",
  "control-plane",
  "flux",
  "apps",
] as const;
export type JourneyKey = (typeof journeyKeys)[number];

export interface JourneyInput {
  /** First moment each step was reached, ISO 8601. */
  reached: Partial<Record<JourneyKey, string>>;
  /** The pull request that made the cluster. */
  change: { number: number; by: string; mergedBy: string | null } | null;
  lifecycle: Lifecycle;
  /** The cluster's trouble: the step under way waits for it. */
  cause: string | null;
  failed: boolean;
  /** What the step under way is doing, from the live objects. */
  doing: Partial<Record<JourneyKey, string>>;
}

export interface JourneyStepData {
  key: JourneyKey;
  label: TextPart[];
  mark: Mark;
  at: string | null;
  tookSeconds: number | null;
  waitsFor: string | null;
}

const labels: Record<JourneyKey, { done: string; todo: string; waits: string }> = {
  requested: { done: "Requested", todo: "Request", waits: "somebody to ask for it" },
  merged: { done: "Approved and merged", todo: "Approve and merge", waits: "an approval" },
  fetched: { done: "Fetched by Flux", todo: "Fetch", waits: "Flux to fetch the commit" },
  applied: { done: "Applied to the management cluster", todo: "Apply", waits: "Flux to apply it" },
  infrastructure: { done: "Infrastructure provisioned", todo: "Infrastructure", waits: "the provider" },
  "control-plane": {
    done: "Control plane ready",
    todo: "Control plane",
    waits: "the control plane to answer",
  },
  flux: { done: "Flux running", todo: "Flux", waits: "Flux to be installed" },
  apps: { done: "Applications ready", todo: "Applications", waits: "the cluster’s own Flux" },
};

/**
 * How a cluster came to be, step by step. Steps before the first known one are left out: a cluster older than
 * the portal has no request to show.
 */
export function journeyOf(input: JourneyInput): JourneyStepData[] {
  const { reached } = input;
  const last = journeyKeys.findLastIndex((key) => reached[key] !== undefined);
  const first = journeyKeys.findIndex((key) => reached[key] !== undefined);
  const shown = journeyKeys.filter((key, index) => reached[key] !== undefined || index > first);
  let before: string | null = null;
  return shown.map((key) => {
    const at = reached[key] ?? null;
    const skipped = at === null && journeyKeys.indexOf(key) < last;
    const current = at === null && !skipped && journeyKeys.indexOf(key) === last + 1;
    const tookSeconds = at !== null && before !== null ? secondsBetween(before, at) : null;
    before = at ?? before;
    return {
      key,
      label: labelOf(key, at !== null || skipped, input),
      mark: markOf(at !== null || skipped, current, input),
      at,
      tookSeconds,
      waitsFor: current ? waitsFor(key, input) : null,
    };
  });
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
}

function labelOf(key: JourneyKey, done: boolean, { change }: JourneyInput): TextPart[] {
  const words = labels[key];
  if (!done) return [plain(words.todo)];
  if (key === "requested" && change) return [plain("Requested by "), { text: change.by, kind: "strong" }];
  if (key === "merged" && change) {
    const number = { ...code(`#${String(change.number)}`), href: `/changes/${String(change.number)}` };
    const by =
      change.mergedBy === null ? [] : [plain(" by "), { text: change.mergedBy, kind: "strong" as const }];
    return [number, plain(" merged"), ...by];
  }
  return [plain(words.done)];
}

function markOf(done: boolean, current: boolean, { failed, lifecycle }: JourneyInput): Mark {
  if (done) return { tone: "healthy", word: "Done" };
  if (!current) return { tone: "waiting", word: "To come" };
  if (failed) return { tone: "failed", word: "Failed" };
  if (lifecycle === "Requested") return { tone: "waiting", word: "Waiting" };
  return { tone: "progress", word: "Under way" };
}

function waitsFor(key: JourneyKey, { cause, doing }: JourneyInput): string {
  return doing[key] ?? cause ?? labels[key].waits;
}

import type { StoredCluster } from "../db/clusters.ts";
import type { MergedEdit } from "../db/overview.ts";
import type { InFlightView, StepView } from "./views.ts";

export interface Progress {
  /** Commit → place in the default branch. */
  positions: ReadonlyMap<string, number>;
  /** By name. */
  clusters: ReadonlyMap<string, StoredCluster>;
}

const done = (label: string): StepView => ({ mark: { tone: "healthy", word: "Done" }, label });
const now = (label: string): StepView => ({ mark: { tone: "progress", word: "Under way" }, label });
const failed = (label: string): StepView => ({ mark: { tone: "failed", word: "Failed" }, label });

/** Merged changes to existing clusters that have not arrived everywhere, each with its steps. */
export function editsInFlight(changes: readonly MergedEdit[], progress: Progress): InFlightView[] {
  return changes.flatMap((change) => {
    const steps = change.kind === "delete" ? deletion(change, progress) : arrival(change, progress);
    if (steps === null || steps.every(({ mark }) => mark.tone === "healthy")) return [];
    return [{ number: change.number, title: [{ text: change.title }], steps }];
  });
}

function deletion(change: MergedEdit, { clusters }: Progress): StepView[] {
  const left = change.clusters.flatMap((name) => clusters.get(name) ?? []);
  const total = change.clusters.length;
  if (left.length === 0) return [done("merged"), done("deleted")];
  const detail = left[0]?.lifecycleDetail;
  const label =
    total === 1 ? (detail ?? "deleting") : `${String(total - left.length)} of ${String(total)} deleted`;
  return [done("merged"), left.some(({ tone }) => tone === "failed") ? failed(label) : now(label)];
}

/** How many of its clusters have applied the merge commit, and what an upgrade is at. */
function arrival(change: MergedEdit, { positions, clusters }: Progress): StepView[] | null {
  const place = positions.get(change.mergeCommit ?? "");
  const affected = change.clusters.flatMap((name) => clusters.get(name) ?? []);
  if (place === undefined || affected.length === 0) return null;
  const arrived = affected.filter(({ revision }) => (positions.get(revision ?? "") ?? -1) >= place);
  const total = affected.length;
  if (arrived.length < total) {
    return [
      done("merged"),
      now(total === 1 ? "apply" : `${String(arrived.length)} of ${String(total)} applied`),
    ];
  }
  const upgrading = affected.find(({ lifecycle }) => lifecycle === "Upgrading" || lifecycle === "Scaling");
  if (!upgrading) return [done("merged"), done("applied")];
  return [
    done("merged"),
    done("applied"),
    now(upgrading.lifecycleDetail ?? upgrading.lifecycle.toLowerCase()),
  ];
}

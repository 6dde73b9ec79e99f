import type { StoredCluster } from "../db/clusters.ts";
import type { LivelyChange } from "../db/overview.ts";
import type { InFlightView, StepView } from "./views.ts";

export interface Progress {
  /** Cluster name → steps reached in its present life. */
  reached: ReadonlyMap<string, ReadonlySet<string>>;
  /** Merge commit → place in the default branch. */
  positions: ReadonlyMap<string, number>;
  /** Sha → place, of what clusters have applied. */
  clusters: ReadonlyMap<string, StoredCluster>;
}

const done = (label: string): StepView => ({ mark: { tone: "healthy", word: "Done" }, label });
const now = (label: string): StepView => ({ mark: { tone: "progress", word: "Under way" }, label });
const todo = (label: string): StepView => ({ mark: { tone: "waiting", word: "To come" }, label });
const failed = (label: string): StepView => ({ mark: { tone: "failed", word: "Failed" }, label });

/** Merged changes that have not arrived everywhere, newest first, each with its steps. */
export function changesInFlight(changes: readonly LivelyChange[], progress: Progress): InFlightView[] {
  return changes.flatMap((change) => {
    if (change.state !== "merged") return [];
    const steps = stepsOf(change, progress);
    if (steps === null || steps.every(({ mark }) => mark.tone === "healthy")) return [];
    return [{ number: change.number, title: [{ text: change.title }], steps }];
  });
}

function stepsOf(change: LivelyChange, progress: Progress): StepView[] | null {
  const [only] = change.clusters;
  if (change.kind === "create" && only !== undefined && change.clusters.length === 1)
    return creation(only, progress);
  if (change.kind === "delete") return deletion(change, progress);
  return arrival(change, progress);
}

const creationSteps: readonly [string, string][] = [
  ["merged", "merged"],
  ["applied", "applied"],
  ["infrastructure", "infrastructure"],
  ["control-plane", "control plane"],
  ["flux", "Flux"],
  ["apps", "apps"],
];

function creation(name: string, { reached, clusters }: Progress): StepView[] | null {
  const cluster = clusters.get(name);
  if (!cluster) return null;
  const steps = new Set([...(reached.get(name) ?? []), "merged"]);
  const next = creationSteps.find(([key]) => !steps.has(key))?.[0];
  return creationSteps.map(([key, label]) => {
    if (steps.has(key)) return done(label);
    if (key !== next) return todo(label);
    const nodes = key === "control-plane" ? nodesOf(cluster) : "";
    return cluster.tone === "failed" ? failed(label) : now(`${label}${nodes}`);
  });
}

function nodesOf({ nodesReady, nodesDesired }: StoredCluster): string {
  return nodesDesired === null ? "" : ` · nodes ${String(nodesReady ?? 0)}/${String(nodesDesired)}`;
}

function deletion(change: LivelyChange, { clusters }: Progress): StepView[] {
  const left = change.clusters.flatMap((name) => clusters.get(name) ?? []);
  const total = change.clusters.length;
  if (left.length === 0) return [done("merged"), done("deleted")];
  const detail = left[0]?.lifecycleDetail;
  const label =
    total === 1 ? (detail ?? "deleting") : `${String(total - left.length)} of ${String(total)} deleted`;
  return [done("merged"), left.some(({ tone }) => tone === "failed") ? failed(label) : now(label)];
}

/** How many of its clusters have applied the merge commit, and what an upgrade is at. */
function arrival(change: LivelyChange, { positions, clusters }: Progress): StepView[] | null {
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

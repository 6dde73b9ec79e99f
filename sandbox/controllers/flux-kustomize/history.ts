import { formatGoDuration } from "../flux/go-duration.ts";
import { kubeTime } from "../runtime/conditions.ts";
import type { HistoryEntry } from "./kustomization.ts";

/** One finished reconcile. */
export interface Reconciled {
  digest: string;
  status: string;
  revision: string;
  durationMs: number;
}

const MOST_KEPT = 5;

/** Enters a reconcile into the history: one entry per build digest and outcome, the latest first, at most five. */
export function withReconciled(history: readonly HistoryEntry[], reconciled: Reconciled): HistoryEntry[] {
  const now = kubeTime();
  const { digest, status, revision } = reconciled;
  const isSame = (entry: HistoryEntry): boolean =>
    entry.digest === digest && entry.lastReconciledStatus === status;
  const known = history.find(isSame);
  const entry: HistoryEntry = {
    digest,
    firstReconciled: known?.firstReconciled ?? now,
    lastReconciled: now,
    lastReconciledDuration: formatGoDuration(reconciled.durationMs),
    lastReconciledStatus: status,
    metadata: { revision },
    totalReconciliations: (known?.totalReconciliations ?? 0) + 1,
  };
  return [entry, ...history.filter((each) => !isSame(each))].slice(0, MOST_KEPT);
}

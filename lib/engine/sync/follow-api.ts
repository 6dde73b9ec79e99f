import type { KindRow } from "../../domain/kinds.ts";
import type { KubeApiError } from "../../kubernetes/api-error.ts";
import { probe, type ProbeOptions } from "./probe.ts";
import { watchKinds, type WatchKindsOptions } from "./watch-kinds.ts";

export interface FollowApiOptions
  extends Omit<WatchKindsOptions, "onError">, Pick<ProbeOptions, "now" | "onAnswer" | "onFailure"> {
  onKindError: (kind: KindRow, error: KubeApiError) => void;
}

/** Failures in a row after which an API server counts as gone. */
export const failuresUntilGone = 3;

/**
 * Watches an API server and asks it whether it is there, until the signal aborts. A circuit breaker: while it is
 * gone only the one question is asked, ever more rarely; after an outage all is listed anew, for watches that were
 * open during it may be silent for ever without an error.
 */
export async function followApi(options: FollowApiOptions): Promise<void> {
  let cycle = new AbortController();
  const begin = (): void => {
    cycle = new AbortController();
    const signal = AbortSignal.any([options.signal, cycle.signal]);
    watchKinds({ ...options, signal, onError: options.onKindError });
  };
  let gone = false;
  begin();
  await probe({
    ...options,
    onAnswer(at, tookMs) {
      if (gone) begin();
      gone = false;
      options.onAnswer(at, tookMs);
    },
    onFailure(failure) {
      if (!gone && failure.count >= failuresUntilGone) {
        gone = true;
        cycle.abort();
      }
      options.onFailure(failure);
    },
  });
}

import type { KindRow } from "../../domain/kinds.ts";
import type { KubeApiError } from "../../kubernetes/api-error.ts";
import { probe, type ProbeOptions } from "./probe.ts";
import { watchKinds, type WatchKindsOptions } from "./watch-kinds.ts";

export interface FollowApiOptions
  extends
    Omit<WatchKindsOptions, "waiting" | "onError">,
    Pick<ProbeOptions, "now" | "onAnswer" | "onFailure"> {
  onKindError: (kind: KindRow, error: KubeApiError) => void;
}

export interface Following {
  /** Every kind was listed once, or is known not to be served. */
  synced(): boolean;
  /** Resolves when the signal aborts. */
  done: Promise<void>;
}

/** Failures in a row after which an API server counts as gone. */
export const failuresUntilGone = 3;

/**
 * Watches an API server and asks it whether it is there. After an outage all is listed anew: watches that were
 * open during it may be silent for ever without an error.
 */
export function followApi(options: FollowApiOptions): Following {
  const waiting = new Set(options.kinds.map(({ kind }) => kind));
  let cycle = new AbortController();
  const begin = (): void => {
    cycle = new AbortController();
    const signal = AbortSignal.any([options.signal, cycle.signal]);
    watchKinds({ ...options, signal, waiting, onError: options.onKindError });
  };
  let gone = false;
  begin();
  const done = probe({
    ...options,
    onAnswer(at) {
      if (gone) {
        gone = false;
        cycle.abort();
        begin();
      }
      options.onAnswer(at);
    },
    onFailure(failure) {
      gone ||= failure.count >= failuresUntilGone;
      options.onFailure(failure);
    },
  });
  return { synced: () => waiting.size === 0, done };
}

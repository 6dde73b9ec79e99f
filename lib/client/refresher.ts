import type { QueryClient } from "@tanstack/react-query";
import type { View } from "./query-keys.ts";

const periodMs = 250;

/**
 * Reads views again after events, at most four times a second each, and never two reads of one view at a time:
 * an event that comes while a view is read makes it be read once more afterwards, so none is lost and a busy
 * fleet cannot starve a slow read.
 */
export function createRefresher(client: Pick<QueryClient, "invalidateQueries">) {
  const dirty = new Set<View>();
  const busy = new Set<View>();

  async function run(view: View): Promise<void> {
    busy.add(view);
    while (dirty.delete(view)) {
      await Promise.allSettled([client.invalidateQueries({ queryKey: [view] }), pause(periodMs)]);
    }
    busy.delete(view);
  }

  return (views: readonly View[]): void => {
    for (const view of views) {
      dirty.add(view);
      if (!busy.has(view)) void run(view);
    }
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** How old the last sync may be for a process that starts; older, its leader is gone or does not get on. */
const freshForMs = 5 * 60_000;

export interface Standing {
  management: { syncedAt: Date | null; lastContactAt: Date | null } | null;
  repository: { headSha: string | null } | null;
  wasReady: boolean;
  stopping: boolean;
  now: Date;
}

/**
 * What a process still waits for before it can show the fleet; empty = ready. Once it was, it stays so until it
 * stops: when a management cluster falls silent its pages say how old they are, which is better than no pages.
 */
export function whatIsMissing({ management, repository, wasReady, stopping, now }: Standing): string[] {
  if (stopping) return ["the process is stopping"];
  if (wasReady) return [];
  const fresh = (at: Date | null) => at !== null && now.getTime() - at.getTime() <= freshForMs;
  return [
    ...syncMissing(management, fresh),
    ...(repository?.headSha ? [] : ["first read of the fleet repository"]),
  ];
}

function syncMissing(management: Standing["management"], fresh: (at: Date | null) => boolean): string[] {
  if (!management?.syncedAt) return ["first sync of the management cluster"];
  const good = fresh(management.syncedAt) && fresh(management.lastContactAt);
  return good ? [] : ["a sync of the management cluster in the last 5 minutes"];
}

import { subscribe, unsubscribe } from "node:diagnostics_channel";

const channel = "undici:request:create";

export interface Requests<T> {
  value: T;
  /** `GET /repos/{}/pulls/{}` → how often; numbers and hashes are left out of the path. */
  calls: Map<string, number>;
  total: number;
  /** Those that do not only read: GitHub counts them five times against its secondary limit. */
  writes: number;
}

/** Counts what this process asks of a server while `work` runs, whichever client sends it. */
export async function countRequests<T>(origin: string, work: () => Promise<T>): Promise<Requests<T>> {
  const calls = new Map<string, number>();
  let writes = 0;
  const onRequest = (message: unknown): void => {
    const { request } = message as { request: { origin: string; path: string; method: string } };
    if (request.origin !== origin) return;
    const path = (request.path.split("?")[0] ?? "").replace(/\/(\d+|[0-9a-f]{40})(?=\/|$)/g, "/{}");
    const call = `${request.method} ${path.replace(/^\/api\/v3\/repos\/[^/]+\/[^/]+/, "")}`;
    calls.set(call, (calls.get(call) ?? 0) + 1);
    if (request.method !== "GET") writes += 1;
  };
  subscribe(channel, onRequest);
  try {
    const value = await work();
    return { value, calls, total: [...calls.values()].reduce((sum, count) => sum + count, 0), writes };
  } finally {
    unsubscribe(channel, onRequest);
  }
}

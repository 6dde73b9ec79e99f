import { openEventSourceLoop } from "./event-source-loop.ts";
import type { StreamMessage } from "./event-source-loop.ts";

type Shared =
  { kind: "message"; message: StreamMessage } | { kind: "connected"; connected: boolean } | { kind: "hello" };

interface Options {
  url: string;
  onMessage: (message: StreamMessage) => void;
  onConnected: (connected: boolean) => void;
}

/**
 * One stream per browser: the tab that holds the lock listens and tells the others (HTTP/1.1 allows six
 * connections per host, and each open tab would take one). When it goes, the next tab takes over and reads
 * everything again. Without Web Locks (a plain-http host) each tab listens for itself.
 */
export function openSharedStream(options: Options): () => void {
  if (typeof navigator.locks === "undefined" || typeof BroadcastChannel === "undefined") {
    return openEventSourceLoop(options);
  }
  const channel = new BroadcastChannel(`fleetwright:${options.url}`);
  const stop = new AbortController();
  let connected = false;
  let leads = false;
  const say = (shared: Shared) => {
    if (!stop.signal.aborted) channel.postMessage(shared);
  };
  channel.addEventListener("message", ({ data }: MessageEvent<Shared>) => {
    if (data.kind === "message") options.onMessage(data.message);
    if (data.kind === "connected") options.onConnected(data.connected);
    if (data.kind === "hello" && leads) say({ kind: "connected", connected });
  });
  say({ kind: "hello" });
  void lead(options.url, stop.signal, () => {
    leads = true;
    return openEventSourceLoop({
      url: options.url,
      onMessage: (message) => {
        options.onMessage(message);
        say({ kind: "message", message });
      },
      onConnected: (now) => {
        connected = now;
        options.onConnected(now);
        say({ kind: "connected", connected: now });
      },
    });
  });
  return () => {
    stop.abort();
    channel.close();
  };
}

/** Runs `start` once this tab holds the lock, and holds it until `signal` ends. */
async function lead(name: string, signal: AbortSignal, start: () => () => void): Promise<void> {
  try {
    await navigator.locks.request(`fleetwright:${name}`, { signal }, async () => {
      const close = start();
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener("abort", () => {
          resolve();
        });
      });
      close();
    });
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
}

import { Client } from "pg";

/** The one channel; payloads carry ids only, never content (decisions §9). */
export const channel = "fleetwright";

/** `topic` says what kind of thing changed, `id` which. */
export interface Notification {
  topic: string;
  id: string;
}

export interface ListenOptions {
  /** Not through a transaction pooler: LISTEN lives on its connection. */
  url: string;
  onMessage: (message: Notification) => void;
  /** Messages may have been missed: read everything again. Called after every reconnection. */
  onResync: () => void;
}

const retryMs = { first: 250, most: 5_000 };

/** Listens on a connection of its own and comes back by itself; `close` may be called twice. */
export function listen({ url, onMessage, onResync }: ListenOptions): { close(): Promise<void> } {
  let closed = false;
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let delay = retryMs.first;
  let connectedBefore = false;

  async function connect(): Promise<void> {
    const next = new Client({ connectionString: url, keepAlive: true });
    client = next;
    let lost = false;
    const lose = (): void => {
      if (lost) return;
      lost = true;
      next.removeAllListeners("notification");
      void next.end().catch(() => undefined);
      if (!closed) timer = setTimeout(() => void connect(), jitter(delay));
      delay = Math.min(delay * 2, retryMs.most);
    };
    next.on("error", lose);
    next.on("end", lose);
    next.on("notification", ({ payload }) => {
      const message = parseNotification(payload);
      if (message) onMessage(message);
    });
    try {
      await next.connect();
      await next.query(`LISTEN ${channel}`);
      delay = retryMs.first;
      if (connectedBefore) onResync();
      connectedBefore = true;
    } catch {
      lose();
    }
  }

  void connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

/** Null for anything that is not one of our messages. */
function parseNotification(payload: string | undefined): Notification | null {
  try {
    const value: unknown = JSON.parse(payload ?? "");
    if (typeof value !== "object" || value === null || !("topic" in value) || !("id" in value)) return null;
    const { topic, id } = value;
    return typeof topic === "string" && typeof id === "string" ? { topic, id } : null;
  } catch {
    return null;
  }
}

function jitter(ms: number): number {
  return ms * (0.5 + Math.random() / 2);
}

/** What the stream hands on: an event of ours, or that events may be missing. */
export type StreamMessage = { kind: "event"; topic: string; id: string } | { kind: "resync" };

interface Options {
  url: string;
  onMessage: (message: StreamMessage) => void;
  onConnected: (connected: boolean) => void;
}

/** Without a sign of life for this long (the server beats every 15 s) the connection is taken for dead. */
const silentMs = 45_000;
const maxBackoffMs = 30_000;

/**
 * Keeps one EventSource open: the browser resumes a cut one itself (Last-Event-ID), a refused or silent one is
 * opened anew with growing pauses. Whoever opens one, the first included, is told to read everything again:
 * nobody knows what happened before.
 */
export function openEventSourceLoop({ url, onMessage, onConnected }: Options): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;

  const alive = () => {
    clearTimeout(silence);
    silence = setTimeout(retry, silentMs);
  };
  function open() {
    source = new EventSource(url);
    let first = true;
    source.addEventListener("open", () => {
      attempts = 0;
      onConnected(true);
      if (first) onMessage({ kind: "resync" });
      first = false;
    });
    source.addEventListener("message", (event: MessageEvent<string>) => {
      const message = parse(event.data);
      if (message) onMessage(message);
    });
    source.addEventListener("resync", () => {
      onMessage({ kind: "resync" });
    });
    source.addEventListener("ping", alive);
    source.addEventListener("error", () => {
      onConnected(false);
      if (source?.readyState === EventSource.CLOSED) retry();
    });
  }
  function retry() {
    source?.close();
    clearTimeout(silence);
    onConnected(false);
    const backoff = Math.min(maxBackoffMs, 1_000 * 2 ** attempts);
    attempts += 1;
    timer = setTimeout(open, backoff * (0.5 + Math.random() / 2));
  }
  open();
  return () => {
    clearTimeout(timer);
    clearTimeout(silence);
    source?.close();
  };
}

function parse(data: string): StreamMessage | null {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== "object" || value === null) return null;
    if (!("topic" in value) || typeof value.topic !== "string") return null;
    return { kind: "event", topic: value.topic, id: "id" in value ? String(value.id) : "" };
  } catch {
    return null;
  }
}

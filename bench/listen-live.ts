interface Heard {
  topic: string;
  id: string;
  at: number;
}

export interface LiveClient {
  heard: Heard[];
  /** The first message of these topics about this id, sent after `since`. */
  hear(id: string, since: number, timeoutMs?: number): Promise<Heard>;
  close(): void;
}

/** An HTTP client on the live stream, as a browser's EventSource reads it. */
export async function listenLive(url: string): Promise<LiveClient> {
  const stop = new AbortController();
  const response = await fetch(`${url}/api/events`, { signal: stop.signal });
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  void read(response, (message) => {
    heard.push({ ...message, at: performance.now() });
    for (const look of waiting) look();
  }).catch(() => undefined);
  return {
    heard,
    hear(id, since, timeoutMs = 30_000) {
      return new Promise((resolve, reject) => {
        const done = (): void => {
          waiting.delete(look);
          clearTimeout(late);
        };
        const late = setTimeout(() => {
          done();
          reject(new Error(`nothing was heard of ${id}`));
        }, timeoutMs);
        const look = (): void => {
          const found = heard.find((one) => one.id === id && one.at > since);
          if (!found) return;
          done();
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
    close: () => stop.abort(),
  };
}

async function read(
  response: Response,
  onMessage: (message: { topic: string; id: string }) => void,
): Promise<void> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const blocks = `${rest}${decoder.decode(chunk, { stream: true })}`.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data?.includes("topic")) onMessage(JSON.parse(data) as { topic: string; id: string });
    }
  }
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { request as httpsRequest } from "node:https";

/** A plain HTTP proxy before an API server that can lose watches, for tests of what must survive that. */
export interface FlakyProxy {
  url: string;
  /** Cuts every connection; while `down`, new ones are refused too. */
  cut(): void;
  down: boolean;
  /** Watches stay open and end in good order, but tell nothing. */
  deaf: boolean;
  /** The next watches answer 410 Gone, as after a compaction. */
  expireNextWatches(count: number): void;
  close(): Promise<void>;
}

export async function startFlakyProxy(target: { url: string; ca: string }): Promise<FlakyProxy> {
  let expire = 0;
  const server = createServer((incoming, outgoing) => {
    if (proxy.down) {
      incoming.socket.destroy();
      return;
    }
    if (expire > 0 && incoming.url?.includes("watch=true")) {
      expire -= 1;
      outgoing.end(
        '{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}\n',
      );
      return;
    }
    forward(target, incoming, outgoing, () => proxy.deaf);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: FlakyProxy = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    down: false,
    deaf: false,
    cut: () => {
      server.closeAllConnections();
    },
    expireNextWatches: (count) => {
      expire = count;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return proxy;
}

function forward(
  target: { url: string; ca: string },
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  deaf: () => boolean,
): void {
  const isWatch = incoming.url?.includes("watch=true") === true;
  const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => name !== "host"));
  const upstream = httpsRequest(
    `${target.url}${incoming.url ?? ""}`,
    { method: incoming.method, headers, ca: target.ca },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      // Headers at once: a quiet watch has nothing else to send.
      outgoing.flushHeaders();
      answer.on("data", (chunk) => {
        if (!(isWatch && deaf())) outgoing.write(chunk);
      });
      answer.on("end", () => outgoing.end());
      answer.on("error", () => outgoing.destroy());
    },
  );
  upstream.on("error", () => outgoing.destroy());
  outgoing.on("close", () => upstream.destroy());
  incoming.pipe(upstream);
}

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
  /** Watches from before this version answer 410 Gone: it has been compacted. */
  compactedAt: number;
  /** How many watches have been answered 410. */
  expired: number;
  /** Every event is told twice. */
  twice: boolean;
  /** So many events yet are cut in their middle, with their connection. */
  tear: number;
  /** Tells every open watch a bookmark. */
  bookmark(resourceVersion: string): void;
  /** Another server behind the same address, as after a restart with another history. */
  target: Target;
  close(): Promise<void>;
}

interface Target {
  url: string;
  ca: string;
}

export async function startFlakyProxy(target: Target): Promise<FlakyProxy> {
  let expire = 0;
  const watches = new Set<ServerResponse>();
  const isExpired = (url: URL): boolean => {
    if (url.searchParams.get("watch") !== "true") return false;
    if (Number(url.searchParams.get("resourceVersion")) < proxy.compactedAt) return true;
    if (expire === 0) return false;
    expire -= 1;
    return true;
  };
  const server = createServer((incoming, outgoing) => {
    if (proxy.down) {
      incoming.socket.destroy();
      return;
    }
    if (isExpired(new URL(incoming.url ?? "/", "http://localhost"))) {
      proxy.expired += 1;
      outgoing.end(
        '{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}\n',
      );
      return;
    }
    forward(proxy, incoming, outgoing, watches);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: FlakyProxy = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    down: false,
    deaf: false,
    compactedAt: 0,
    expired: 0,
    twice: false,
    tear: 0,
    target,
    bookmark: (resourceVersion) => {
      const line = { type: "BOOKMARK", object: { kind: "Any", metadata: { resourceVersion } } };
      for (const watch of watches) watch.write(`${JSON.stringify(line)}\n`);
    },
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
  proxy: FlakyProxy,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  watches: Set<ServerResponse>,
): void {
  const isWatch = incoming.url?.includes("watch=true") === true;
  const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => name !== "host"));
  const { url, ca } = proxy.target;
  const upstream = httpsRequest(
    `${url}${incoming.url ?? ""}`,
    { method: incoming.method, headers, ca },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      // Headers at once: a quiet watch has nothing else to send.
      outgoing.flushHeaders();
      if (isWatch) watches.add(outgoing);
      if (isWatch) passEvents(proxy, answer, outgoing);
      else answer.on("data", (chunk) => outgoing.write(chunk));
      answer.on("end", () => outgoing.end());
      answer.on("error", () => outgoing.destroy());
    },
  );
  upstream.on("error", () => outgoing.destroy());
  outgoing.on("close", () => {
    watches.delete(outgoing);
    upstream.destroy();
  });
  incoming.pipe(upstream);
}

function passEvents(proxy: FlakyProxy, answer: IncomingMessage, outgoing: ServerResponse): void {
  let rest = "";
  answer.setEncoding("utf8");
  answer.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (proxy.deaf) continue;
      if (proxy.tear > 0) {
        proxy.tear -= 1;
        outgoing.write(line.slice(0, line.length / 2), () => outgoing.destroy());
        return;
      }
      outgoing.write(proxy.twice ? `${line}\n${line}\n` : `${line}\n`);
    }
  });
}

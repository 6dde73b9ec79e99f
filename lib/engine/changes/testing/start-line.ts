import { createServer, connect, type AddressInfo, type Socket } from "node:net";

/** A line to Postgres that can be cut; while it is down, new connections are refused too. */
export async function startLine(target: URL) {
  const open = new Set<Socket>();
  let isDown = false;
  let refused = 0;
  const server = createServer((incoming) => {
    if (isDown) {
      refused += 1;
      incoming.destroy();
      return;
    }
    const outgoing = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    refused: () => refused,
    down: () => {
      isDown = true;
      for (const socket of open) socket.destroy();
    },
    up: () => void (isDown = false),
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}

import { createSecureServer } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createAuthority, issueServer } from "../../sandbox/kubernetes/pki.ts";
import { KubeClient, type WatchEvent } from "./client.ts";
import { createAgent, type Connection } from "./connection.ts";

/** As a real API server chooses by ALPN; the sandbox's speaks HTTP/1.1 alone. */
let server: ReturnType<typeof createSecureServer>;
let connection: Connection;
const sockets = new Set<Socket>();
const versions = new Set<string>();
let opened = 0;
let watching = 0;

const event = '{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"7"}}}\n';

beforeAll(async () => {
  const authority = await createAuthority("test");
  const { key, certificate } = await issueServer(authority);
  server = createSecureServer({ key, cert: certificate, allowHTTP1: true }, (request, response) => {
    versions.add(request.httpVersion);
    response.setHeader("content-type", "application/json");
    if (!request.url.includes("watch=true")) {
      response.end('{"metadata":{"resourceVersion":"6"},"items":[]}');
      return;
    }
    watching += 1;
    response.on("close", () => (watching -= 1));
    response.write(event);
  });
  server.on("connection", (socket: Socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const dispatcher = createAgent({ ca: authority.certificate });
  connection = {
    server: `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    dispatcher,
    headers: () => Promise.resolve({ authorization: "Bearer x" }),
    close: () => dispatcher.destroy(),
  };
});
afterAll(async () => {
  await connection.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

function watch(client: KubeClient, silenceMs = 20_000) {
  const events: WatchEvent[] = [];
  const stop = new AbortController();
  const options = { resourceVersion: "6", signal: stop.signal, silenceMs, timeoutSeconds: 60 };
  const onEvent = (one: WatchEvent): void => void events.push(one);
  const ended = client.watch("/apis/x/v1/things", { ...options, onEvent }).then(
    () => null,
    (error: unknown) => error,
  );
  return { events, stop, ended };
}
const told = (watches: { events: WatchEvent[] }[]) =>
  vi.waitFor(() => expect(watches.every(({ events }) => events.length === 1)).toBe(true), {
    timeout: 20_000,
  });

test("eight kinds are listed and watched on one connection, where the API server speaks HTTP/2", async () => {
  const client = new KubeClient(connection);
  const kinds = Array.from({ length: 8 }, (_, index) => `/apis/x/v1/kind${String(index)}`);
  await Promise.all(kinds.map((path) => client.list(path, { limit: 500, continueFrom: "" })));
  const watches = kinds.map(() => watch(client));
  await told(watches);
  expect([...versions]).toEqual(["2.0"]);
  expect(opened).toBe(1);

  // One that ends takes none of the others with it.
  watches[0]?.stop.abort();
  await vi.waitFor(() => expect(watching).toBe(7), { timeout: 20_000 });
  expect(sockets.size).toBe(1);

  // A cut connection ends them all as silence, and what is asked next gets a new one.
  for (const socket of sockets) socket.destroy();
  for (const { ended } of watches.slice(1)) expect(await ended).toMatchObject({ status: 0 });
  await client.list("/apis/x/v1/things", { limit: 1, continueFrom: "" });
  expect(opened).toBe(2);
});

test("a watch that falls silent ends, and its connection serves on", async () => {
  const client = new KubeClient(connection);
  expect(await watch(client, 500).ended).toMatchObject({ status: 0, reason: "Timeout" });
  const before = opened;
  await client.list("/apis/x/v1/things", { limit: 1, continueFrom: "" });
  expect(opened).toBe(before);
});

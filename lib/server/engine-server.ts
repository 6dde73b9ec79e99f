import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { metrics } from "./metrics.ts";
import { readiness } from "./readiness.ts";

/** Where an engine without pages says how it is: /healthz, /readyz and /metrics, as the portal does below /api. */
export async function startEngineServer(port: number): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request.url ?? "", response).catch(() => {
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(path: string, response: ServerResponse): Promise<void> {
  const json = (status: number, body: object): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  switch (path) {
    case "/healthz":
      json(200, { status: "ok" });
      return;
    case "/readyz": {
      const found = await readiness();
      const ready = found.missing.length === 0;
      json(ready ? 200 : 503, { ready, ...found });
      return;
    }
    case "/metrics": {
      const { registry } = metrics();
      response.writeHead(200, { "content-type": registry.contentType }).end(await registry.metrics());
      return;
    }
    default:
      response.writeHead(404).end();
  }
}

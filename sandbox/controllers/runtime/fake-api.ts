import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Running } from "../../contracts.ts";
import type { Unstructured } from "./objects.ts";

/** A stand-in for one collection of an API server, for tests of the runtime alone. */
export interface FakeApi extends Running {
  url: string;
  /** Requests so far, as `METHOD path?query`. */
  requests: string[];
  /** Stores and sends ADDED or MODIFIED. */
  put(name: string, fields?: Record<string, unknown>): void;
  /** Removes and sends DELETED. */
  remove(name: string): void;
  /** Sends one raw line to all watches and ends them. */
  endWatches(line?: string): void;
}

/** Serves ConfigMaps of namespace `default`: list, watch, nothing else. */
export async function startFakeApi(): Promise<FakeApi> {
  const objects = new Map<string, Unstructured>();
  const watches = new Set<ServerResponse>();
  const requests: string[] = [];
  let version = 10;
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
    response.setHeader("content-type", "application/json");
    const query = new URL(request.url ?? "/", "http://x").searchParams;
    if (query.get("watch") === "true") {
      watches.add(response);
      response.flushHeaders();
      response.on("close", () => watches.delete(response));
    } else if (request.method === "GET" && request.url?.startsWith("/api/v1/configmaps") === true) {
      const metadata = { resourceVersion: String(version) };
      response.end(JSON.stringify({ kind: "ConfigMapList", metadata, items: [...objects.values()] }));
    } else {
      response.statusCode = 404;
      response.end(JSON.stringify({ kind: "Status", reason: "NotFound", message: "not here", code: 404 }));
    }
  });
  const send = (type: string, object: Unstructured): void => {
    for (const watch of watches) watch.write(`${JSON.stringify({ type, object })}\n`);
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    put: (name, fields = {}) => {
      const type = objects.has(name) ? "MODIFIED" : "ADDED";
      const metadata = { name, namespace: "default", resourceVersion: String(++version) };
      const object = { apiVersion: "v1", kind: "ConfigMap", ...fields, metadata };
      objects.set(name, object);
      send(type, object);
    },
    remove: (name) => {
      const object = objects.get(name);
      objects.delete(name);
      if (object !== undefined) send("DELETED", object);
    },
    endWatches: (line) => {
      for (const watch of watches) watch.end(line);
      watches.clear();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

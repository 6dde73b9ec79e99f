import { createServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Kubernetes, KubernetesOptions } from "../contracts.ts";
import type { ApiCluster } from "./api-cluster.ts";
import { ApiError } from "./api-error.ts";
import { ClusterSet } from "./cluster-set.ts";
import { handleControl, isControlPath } from "./control-endpoint.ts";
import type { ControlContext } from "./control-endpoint.ts";
import { imposeFault } from "./faults/impose-fault.ts";
import { dispatch } from "./http/dispatch.ts";
import { sendReply } from "./http/reply.ts";
import { kubeconfigText } from "./kubeconfig.ts";
import { openState } from "./store/open-state.ts";
import { watchOver } from "./sweepers/watch-over.ts";

/**
 * Starts the API servers of the sandbox on one loopback port: the management cluster at the root, workload
 * clusters below `/clusters/<namespace>/<name>`.
 */
export async function startKubernetes(
  options: KubernetesOptions,
  internals: { controllers: boolean; version: string } = { controllers: true, version: "v1.34.5" },
): Promise<Kubernetes> {
  const state = await openState(options.dir);
  const watch = (cluster: ApiCluster) => {
    watchOver(cluster, state.authority.certificate);
  };
  const clusters = new ClusterSet(
    options.users,
    state.persistence,
    internals.controllers ? watch : undefined,
  );
  for (const { record, store } of state.clusters) clusters.restore(record, store);
  const management = clusters.get("", "") ?? (await clusters.ensure("", "", internals.version));
  const open = new Map<ServerResponse, string>();
  const server = createServer({
    key: state.server.key,
    cert: state.server.certificate + state.authority.certificate,
    requestCert: true,
    rejectUnauthorized: false,
    ALPNProtocols: ["http/1.1"],
  });
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;
  const context: ControlContext = {
    clusters,
    management,
    serverAuthority: state.authority.certificate,
    url: () => baseUrl(server.address()),
    disconnect(namespace, name) {
      for (const [response, id] of open) if (id === `${namespace}/${name}`) response.socket?.destroy();
    },
  };
  server.on("request", (incoming: IncomingMessage, response: ServerResponse) => {
    void serve(context, incoming, response, open);
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  let closing: Promise<void> | undefined;
  const close = async () => {
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      // closeAllConnections misses connections without a request on them.
      for (const socket of sockets) socket.destroy();
    });
    await state.close();
  };
  return {
    url: context.url(),
    ca: state.authority.certificate,
    kubeconfig: (user) =>
      kubeconfigText("management", context.url(), state.authority.certificate, {
        name: user.username,
        token: user.token,
      }),
    workloadKubeconfig(namespace, name) {
      const hosted = clusters.get(namespace, name);
      if (!hosted) throw new Error(`there is no workload cluster ${namespace}/${name}`);
      const url = `${context.url()}/clusters/${namespace}/${name}`;
      return kubeconfigText(name, url, state.authority.certificate, {
        name: `${name}-admin`,
        credential: hosted.record.admin,
      });
    },
    close: () => (closing ??= close()),
  };
}

function baseUrl(address: AddressInfo | string | null): string {
  return address !== null && typeof address !== "string" ? `https://127.0.0.1:${String(address.port)}` : "";
}

async function serve(
  context: ControlContext,
  incoming: IncomingMessage,
  response: ServerResponse,
  open: Map<ServerResponse, string>,
): Promise<void> {
  const url = new URL(incoming.url ?? "/", "https://localhost");
  if (isControlPath(url.pathname)) {
    await control(context, url.pathname, incoming, response);
    return;
  }
  const hosted = addressed(context, url);
  if (!hosted) {
    sendReply(response, { status: 404, text: "404 page not found\n" }, [], false);
    return;
  }
  open.set(response, `${hosted.namespace}/${hosted.name}`);
  response.on("close", () => open.delete(response));
  // A client that goes away mid-answer is its own affair.
  response.on("error", () => undefined);
  if (await imposeFault(hosted, url.pathname, incoming, response)) return;
  await dispatch(hosted, url, incoming, response);
}

/** Finds the cluster and takes its prefix off the path. */
function addressed(context: ControlContext, url: URL): ApiCluster | undefined {
  const match = /^\/clusters\/([^/]+)\/([^/]+)(\/.*)?$/.exec(url.pathname);
  if (!match) return context.management.api;
  const [, namespace = "", name = "", rest = "/"] = match;
  url.pathname = rest;
  return context.clusters.get(decodeURIComponent(namespace), decodeURIComponent(name))?.api;
}

async function control(
  context: ControlContext,
  path: string,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    sendReply(response, await handleControl(path, incoming, context), [], false);
  } catch (error) {
    const known = error instanceof ApiError ? error : new ApiError(400, "BadRequest", String(error));
    sendReply(response, { status: known.code, body: known.status }, [], false);
  }
}

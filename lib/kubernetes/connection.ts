import { KubeConfig } from "@kubernetes/client-node";
import { Agent, type Dispatcher } from "undici";

/** How to reach one API server. */
export interface Connection {
  /** Base URL, perhaps with a path. */
  server: string;
  dispatcher: Dispatcher;
  /** Asked before every call: tokens rotate. */
  headers: () => Promise<Record<string, string>>;
  close(): Promise<void>;
}

export interface TlsMaterial {
  ca?: string | Buffer | undefined;
  cert?: string | Buffer | undefined;
  key?: string | Buffer | undefined;
  servername?: string | undefined;
  rejectUnauthorized?: boolean | undefined;
}

/** One agent per cluster. A watch holds its connection, so their number is not limited; idle ones go. */
export function createAgent(tls: TlsMaterial, connectMs = 10_000): Agent {
  const given = Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
  return new Agent({ connect: { ...given, timeout: connectMs }, keepAliveTimeout: 30_000, pipelining: 1 });
}

/**
 * The management cluster's connection: a kubeconfig's text, the file of that path, or in-cluster credentials.
 * client-node does what is hard: exec plugins, token files, in-cluster rotation.
 */
export async function loadConnection(
  source: { text: string } | { path: string } | "in-cluster",
): Promise<Connection> {
  const config = new KubeConfig();
  if (source === "in-cluster") config.loadFromCluster();
  else if ("path" in source) config.loadFromFile(source.path);
  else config.loadFromString(source.text);
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new Error("The kubeconfig names no current cluster");
  const options: TlsMaterial & { headers?: unknown } = {};
  await config.applyToHTTPSOptions(options as Parameters<KubeConfig["applyToHTTPSOptions"]>[0]);
  const { ca, cert, key, servername, rejectUnauthorized } = options;
  const dispatcher = createAgent({ ca, cert, key, servername, rejectUnauthorized });
  return {
    server: cluster.server.replace(/\/+$/, ""),
    dispatcher,
    async headers() {
      const fresh: { headers?: Record<string, unknown> } = {};
      await config.applyToHTTPSOptions(fresh as Parameters<KubeConfig["applyToHTTPSOptions"]>[0]);
      const authorization = fresh.headers?.["Authorization"];
      const headers: Record<string, string> = {};
      if (typeof authorization === "string") headers["authorization"] = authorization;
      return headers;
    },
    close: () => dispatcher.destroy(),
  };
}

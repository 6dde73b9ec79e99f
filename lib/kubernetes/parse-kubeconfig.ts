import { parse } from "yaml";
import { z } from "zod";
import { createAgent, type Connection } from "./connection.ts";

const contextSchema = z.object({ cluster: z.string(), user: z.string() });
const clusterSchema = z.object({
  server: z.url(),
  "certificate-authority-data": z.string().optional(),
  "tls-server-name": z.string().optional(),
});
const userSchema = z.object({
  token: z.string().optional(),
  "client-certificate-data": z.string().optional(),
  "client-key-data": z.string().optional(),
});

const schema = z.object({
  "current-context": z.string(),
  contexts: z.array(z.object({ name: z.string(), context: contextSchema })),
  clusters: z.array(z.object({ name: z.string(), cluster: clusterSchema })),
  users: z.array(z.object({ name: z.string(), user: userSchema })),
});

/**
 * A workload cluster's kubeconfig as Cluster API writes it. Only data in the text itself is used: exec plugins,
 * token files and `insecure-skip-tls-verify` are ignored, because whoever writes that Secret must not be able to
 * run a program here, read our files or switch off verification. Without `identity` only the way to the server is
 * taken, not who we are there. Throws on text that is no such kubeconfig.
 */
export function connectionFromSecret(text: string, { identity }: { identity: boolean }): Connection {
  const config = schema.parse(parse(text));
  const { context } = pick(config.contexts, config["current-context"]);
  const { cluster } = pick(config.clusters, context.cluster);
  const { user } = pick(config.users, context.user);
  const dispatcher = createAgent({
    ca: decode(cluster["certificate-authority-data"]),
    ...(identity
      ? { cert: decode(user["client-certificate-data"]), key: decode(user["client-key-data"]) }
      : {}),
    servername: cluster["tls-server-name"],
  });
  const headers: Record<string, string> =
    identity && user.token ? { authorization: `Bearer ${user.token}` } : {};
  return {
    server: cluster.server.replace(/\/+$/, ""),
    dispatcher,
    headers: () => Promise.resolve(headers),
    close: () => dispatcher.destroy(),
  };
}

function pick<T extends { name: string }>(items: T[], name: string): T {
  const found = items.find((item) => item.name === name);
  if (!found) throw new Error(`The kubeconfig has no entry "${name}"`);
  return found;
}

function decode(data: string | undefined): Buffer | undefined {
  return data === undefined ? undefined : Buffer.from(data, "base64");
}

import { parse } from "yaml";
import type { Connection } from "../../contracts.ts";

interface Entry {
  name?: string;
  [field: string]: unknown;
}

/**
 * Reads a kubeconfig (YAML or JSON text) into a Connection; its current context unless one is named. Embedded
 * credentials only (`*-data`, `token`), as Cluster API writes them. Throws when the context leads nowhere.
 */
export function connectionOf(kubeconfig: string, context?: string): Connection {
  const config = record(parse(kubeconfig));
  const name = context ?? text(config["current-context"]) ?? text(entries(config.contexts)[0]?.name);
  const chosen = record(entries(config.contexts).find((each) => each.name === name)?.context);
  const cluster = record(entries(config.clusters).find((each) => each.name === chosen.cluster)?.cluster);
  const user = record(entries(config.users).find((each) => each.name === chosen.user)?.user);
  const server = text(cluster.server);
  if (server === undefined) throw new Error(`kubeconfig: context "${name ?? ""}" names no server`);
  return {
    server,
    ca: decoded(cluster["certificate-authority-data"]),
    token: text(user.token),
    clientCertificate: decoded(user["client-certificate-data"]),
    clientKey: decoded(user["client-key-data"]),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function entries(value: unknown): Entry[] {
  return Array.isArray(value) ? value.map((each) => record(each)) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function decoded(value: unknown): string | undefined {
  const encoded = text(value);
  return encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString("utf8");
}

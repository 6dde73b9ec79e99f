import type { X509Certificate } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import type { ApiCluster } from "../api-cluster.ts";
import { ApiError } from "../api-error.ts";
import { verifyToken } from "./service-account-token.ts";
import { anonymous } from "./user.ts";
import type { User } from "./user.ts";

const byCertificate = new WeakMap<TLSSocket, Map<ApiCluster, User | undefined>>();

/**
 * Who sent this request: bearer token, else client certificate of this cluster's own CA, else anonymous.
 *
 * @throws ApiError 401 when a token is there and wrong, as recorded: even on open paths.
 */
export async function authenticate(cluster: ApiCluster, request: IncomingMessage): Promise<User> {
  const token = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? "")?.[1];
  if (token !== undefined) {
    const user = cluster.users.find((candidate) => candidate.token === token);
    if (user) {
      return {
        username: user.username,
        uid: user.uid ?? user.username,
        groups: withAuthenticated(user.groups),
      };
    }
    const account = await verifyToken(cluster, token);
    if ("user" in account) return account.user;
    throw new ApiError(401, "Unauthorized", "Unauthorized");
  }
  return certificateUser(cluster, request) ?? anonymous;
}

function withAuthenticated(groups: string[]): string[] {
  return groups.includes("system:authenticated") ? groups : [...groups, "system:authenticated"];
}

function certificateUser(cluster: ApiCluster, request: IncomingMessage): User | undefined {
  const socket = request.socket;
  if (!(socket instanceof TLSSocket)) return undefined;
  let users = byCertificate.get(socket);
  if (!users) {
    users = new Map();
    byCertificate.set(socket, users);
  }
  if (!users.has(cluster)) users.set(cluster, userOf(socket.getPeerX509Certificate(), cluster));
  return users.get(cluster);
}

function userOf(certificate: X509Certificate | undefined, cluster: ApiCluster): User | undefined {
  if (!certificate?.verify(cluster.clientAuthorityKey)) return undefined;
  const now = Date.now();
  if (Date.parse(certificate.validFrom) > now || Date.parse(certificate.validTo) < now) return undefined;
  const groups: string[] = [];
  let username = "";
  for (const line of certificate.subject.split("\n")) {
    if (line.startsWith("CN=")) username = line.slice(3);
    if (line.startsWith("O=")) groups.push(line.slice(2));
  }
  return username === "" ? undefined : { username, groups: withAuthenticated(groups) };
}

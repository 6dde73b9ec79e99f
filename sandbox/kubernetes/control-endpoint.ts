import type { IncomingMessage } from "node:http";
import type { ApiFault } from "../contracts.ts";
import { ApiError, badRequest } from "./api-error.ts";
import { authenticate } from "./auth/authenticate.ts";
import type { ClusterSet, HostedCluster } from "./cluster-set.ts";
import { readBody } from "./http/read-body.ts";
import type { Reply } from "./http/reply.ts";
import { isObject } from "./json.ts";
import type { Json } from "./json.ts";

/** What the control endpoint needs to know of the server. */
export interface ControlContext {
  clusters: ClusterSet;
  management: HostedCluster;
  /** Base URL of the server, without a trailing slash. */
  url(): string;
  /** PEM of the CA that signed the server certificate. */
  serverAuthority: string;
  /** Cuts the open connections of a cluster. */
  disconnect(namespace: string, name: string): void;
}

/** `<url>/sandbox/clusters…`, as sandbox/contracts.ts says; for system:masters only. */
export async function handleControl(
  path: string,
  incoming: IncomingMessage,
  context: ControlContext,
): Promise<Reply> {
  const user = await authenticate(context.management.api, incoming);
  if (!user.groups.includes("system:masters")) {
    throw new ApiError(
      403,
      "Forbidden",
      `forbidden: User "${user.username}" cannot use the control endpoint`,
      {},
    );
  }
  const [, , , namespace, name, part, more] = path.split("/").map(decodeURIComponent);
  const { clusters } = context;
  if (namespace === undefined || namespace === "") {
    const list: Json = clusters
      .workloads()
      .map((api) => ({ namespace: api.namespace, name: api.name, fault: { ...api.fault } }));
    return { status: 200, body: list };
  }
  if (name === undefined || name === "" || more !== undefined)
    throw badRequest("expected /sandbox/clusters/<namespace>/<name>");
  if (part === "fault" && incoming.method === "PUT") {
    const hosted = clusters.get(namespace, name);
    if (!hosted) throw new ApiError(404, "NotFound", `cluster ${namespace}/${name} not found`);
    hosted.api.fault = faultOf(JSON.parse(await readBody(incoming)) as Json);
    if (hosted.api.fault.kind !== "none" && hosted.api.fault.kind !== "slow")
      context.disconnect(namespace, name);
    return { status: 204, text: "" };
  }
  if (part !== undefined) throw badRequest(`unknown path ${path}`);
  if (incoming.method === "DELETE") {
    context.disconnect(namespace, name);
    clusters.remove(namespace, name);
    return { status: 204, text: "" };
  }
  if (incoming.method !== "PUT") throw new ApiError(405, "MethodNotAllowed", "use PUT or DELETE");
  const text = await readBody(incoming);
  const body: Json = text === "" ? {} : (JSON.parse(text) as Json);
  const version = isObject(body) && typeof body["version"] === "string" ? body["version"] : undefined;
  const { record } = await clusters.ensure(namespace, name, version);
  const base64 = (pem: string) => Buffer.from(pem).toString("base64");
  return {
    status: 200,
    body: {
      server: `${context.url()}/clusters/${namespace}/${name}`,
      certificateAuthorityData: base64(context.serverAuthority),
      clientCertificateData: base64(record.admin.certificate),
      clientKeyData: base64(record.admin.key),
    },
  };
}

function faultOf(body: Json): ApiFault {
  const kind = isObject(body) ? body["kind"] : undefined;
  if (kind === "none" || kind === "reset" || kind === "black-hole") return { kind };
  const delayMs = isObject(body) ? body["delayMs"] : undefined;
  if (kind === "slow" && typeof delayMs === "number") return { kind, delayMs };
  throw badRequest("expected a fault: none, reset, black-hole or slow with delayMs");
}

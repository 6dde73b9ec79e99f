import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { ApiError, badRequest } from "./api-error.ts";
import { authenticate } from "./auth/authenticate.ts";
import type { ClusterSet, HostedCluster } from "./cluster-set.ts";
import { faultOf } from "./faults/fault-of.ts";
import { readBody } from "./http/read-body.ts";
import type { Reply } from "./http/reply.ts";
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

const done: Reply = { status: 204, text: "" };

/** Whether a path is one of the control endpoint's. */
export function isControlPath(path: string): boolean {
  return /^\/sandbox\/(clusters|management)(\/|$)/.test(path);
}

/** `<url>/sandbox/…`, as sandbox/contracts.ts says; for system:masters only. */
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
  const [, , what, ...parts] = path.split("/").map(decodeURIComponent);
  if (what === "management") return command(context, context.management, parts[0] ?? "", incoming);
  const [namespace, name, part, more] = parts;
  if (namespace === undefined || namespace === "") return { status: 200, body: listOfClusters(context) };
  if (name === undefined || name === "" || more !== undefined)
    throw badRequest("expected /sandbox/clusters/<namespace>/<name>");
  if (part === undefined) return changeCluster(context, namespace, name, incoming);
  const hosted = context.clusters.get(namespace, name);
  if (!hosted) throw new ApiError(404, "NotFound", `cluster ${namespace}/${name} not found`);
  return command(context, hosted, part, incoming);
}

function listOfClusters(context: ControlContext): Json {
  return context.clusters
    .workloads()
    .map((api) => ({ namespace: api.namespace, name: api.name, fault: { ...api.fault } }));
}

/** `PUT fault`, `POST cut`, `POST compact`. */
async function command(
  context: ControlContext,
  { api }: HostedCluster,
  name: string,
  incoming: IncomingMessage,
): Promise<Reply> {
  switch (`${incoming.method ?? ""} ${name}`) {
    case "PUT fault":
      api.fault = faultOf(await readBody(incoming));
      if (["reset", "black-hole"].includes(api.fault.kind)) context.disconnect(api.namespace, api.name);
      return done;
    case "POST cut":
      context.disconnect(api.namespace, api.name);
      return done;
    case "POST compact":
      compact(context, api, await readBody(incoming));
      return done;
    default:
      throw badRequest("expected PUT fault, POST cut or POST compact");
  }
}

const compaction = z.object({ upTo: z.int().optional() });

function compact(context: ControlContext, api: HostedCluster["api"], text: string): void {
  const { upTo } = compaction.parse(text === "" ? {} : JSON.parse(text));
  if (upTo !== undefined) {
    api.store.compact(upTo);
    return;
  }
  api.store.compact(api.store.revision);
  api.store.forget(api.store.revision);
  context.disconnect(api.namespace, api.name);
}

const wish = z.object({ version: z.string().optional() });

async function changeCluster(
  context: ControlContext,
  namespace: string,
  name: string,
  incoming: IncomingMessage,
): Promise<Reply> {
  const { clusters } = context;
  if (incoming.method === "DELETE") {
    context.disconnect(namespace, name);
    clusters.remove(namespace, name);
    return done;
  }
  if (incoming.method !== "PUT") throw new ApiError(405, "MethodNotAllowed", "use PUT or DELETE");
  const text = await readBody(incoming);
  const { version } = wish.parse(text === "" ? {} : JSON.parse(text));
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

import { createHash } from "node:crypto";
import type { ApiCluster } from "../api-cluster.ts";
import type { ApiRequest } from "../http/parse-request.ts";
import type { Reply } from "../http/reply.ts";
import type { Json, JsonObject } from "../json.ts";
import { groupsOf } from "./discover.ts";
import { servedKinds } from "./served-kinds.ts";
import { openApiDocument } from "./open-api-document.ts";

interface Document {
  revision: string;
  json: string;
}

/** Documents change only when CRDs do. */
const cache = new WeakMap<ApiCluster, Map<string, Document>>();

/** `/openapi/v2` and `/openapi/v3`; undefined for any other path. */
export function openApi(request: ApiRequest): Reply | undefined {
  const { path, cluster } = request;
  if (path === "/openapi/v2") return versionTwo(request);
  if (path === "/openapi/v3")
    return { status: 200, text: JSON.stringify({ paths: index(cluster) }), headers: headersOf("") };
  const match = /^\/openapi\/v3\/(api\/v1|apis\/([^/]+)\/([^/]+))$/.exec(path);
  if (!match) return path.startsWith("/openapi/v3/") ? { status: 404, text: "" } : undefined;
  const [, , group = "", version = "v1"] = match;
  const kinds = servedKinds(cluster, group, version);
  if (kinds.length === 0) return { status: 404, text: "" };
  const revision = revisionOf(cluster, group, version);
  let documents = cache.get(cluster);
  if (!documents) cache.set(cluster, (documents = new Map<string, Document>()));
  let document = documents.get(path);
  if (document?.revision !== revision) {
    document = { revision, json: JSON.stringify(openApiDocument(kinds, group, version)) };
    documents.set(path, document);
  }
  return { status: 200, json: document.json, headers: headersOf(document.json) };
}

function headersOf(json: string): Record<string, string> {
  const etag = `"${createHash("sha512").update(json).digest("hex").toUpperCase()}"`;
  return {
    ...(json === "" ? {} : { ETag: etag }),
    "Accept-Ranges": "bytes",
    "Last-Modified": new Date(0).toUTCString(),
  };
}

/** Changes whenever a CRD of the group does. */
function revisionOf(cluster: ApiCluster, group: string, version: string): string {
  const crds = cluster.store.list("apiextensions.k8s.io/customresourcedefinitions");
  const own = crds.filter(({ object }) => object.metadata.name.endsWith(`.${group}`));
  const text = `${group}/${version} ${own.map(({ object, revision }) => `${object.metadata.uid ?? ""}${String(revision)}`).join(" ")}`;
  return createHash("sha256").update(text).digest("hex").toUpperCase();
}

function index(cluster: ApiCluster): JsonObject {
  const paths: JsonObject = {};
  const add = (path: string, hash: string) => {
    paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` };
  };
  add("api/v1", revisionOf(cluster, "", "v1"));
  for (const [group, versions] of groupsOf(cluster)) {
    for (const version of versions) {
      if (servedKinds(cluster, group, version).length > 0)
        add(`apis/${group}/${version}`, revisionOf(cluster, group, version));
    }
  }
  return paths;
}

const protobufType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

/** openapi.v2.Document with swagger (1) and info (2: title 1, version 2), the form kubectl asks for. */
function versionTwoHead(version: string): Buffer {
  const field = (number: number, value: Buffer) =>
    Buffer.concat([Buffer.from([(number << 3) | 2, value.length]), value]);
  const info = Buffer.concat([field(1, Buffer.from("Kubernetes")), field(2, Buffer.from(version))]);
  return Buffer.concat([field(1, Buffer.from("2.0")), field(2, info)]);
}

/** kubectl falls back to what it has compiled in; only the head is served. */
function versionTwo(request: ApiRequest): Reply {
  const [major = "1", minor = "34"] = request.cluster.version.replace(/^v/, "").split(".");
  if ((request.incoming.headers.accept ?? "").startsWith("application/com.github.proto-openapi.spec.v2")) {
    return {
      status: 200,
      bytes: versionTwoHead(`${major}.${minor}`),
      contentType: protobufType,
      headers: headersOf(""),
    };
  }
  const body: Json = {
    swagger: "2.0",
    info: { title: "Kubernetes", version: `${major}.${minor}` },
    paths: {},
    definitions: {},
  };
  const json = JSON.stringify(body);
  return { status: 200, json, headers: headersOf(json) };
}

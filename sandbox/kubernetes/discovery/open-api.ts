import { createHash } from "node:crypto";
import type { ApiCluster } from "../api-cluster.ts";
import type { ApiRequest } from "../http/parse-request.ts";
import type { Reply } from "../http/reply.ts";
import type { Json, JsonObject } from "../json.ts";
import { groupsOf, servedKinds } from "./discover.ts";
import { openApiDocument } from "./open-api-document.ts";

/** Documents change only when CRDs do. */
const cache = new WeakMap<ApiCluster, Map<string, { revision: string; json: string }>>();

/** `/openapi/v2` and `/openapi/v3`; undefined for any other path. */
export function openApi(request: ApiRequest): Reply | undefined {
  const { path, cluster } = request;
  if (path === "/openapi/v2") return versionTwo(request);
  if (path === "/openapi/v3") return { status: 200, text: JSON.stringify({ paths: index(cluster) }), headers: headersOf("") };
  const match = /^\/openapi\/v3\/(api\/v1|apis\/([^/]+)\/([^/]+))$/.exec(path);
  if (!match) return path.startsWith("/openapi/v3/") ? { status: 404, text: "" } : undefined;
  const [, , group = "", version = "v1"] = match;
  const kinds = servedKinds(cluster, group, version);
  if (kinds.length === 0) return { status: 404, text: "" };
  const revision = revisionOf(cluster, group, version);
  let documents = cache.get(cluster);
  if (!documents) cache.set(cluster, (documents = new Map()));
  let document = documents.get(path);
  if (document?.revision !== revision) {
    document = { revision, json: JSON.stringify(openApiDocument(kinds, group, version)) };
    documents.set(path, document);
  }
  return { status: 200, json: document.json, headers: headersOf(document.json) };
}

function headersOf(json: string): Record<string, string> {
  const etag = `"${createHash("sha512").update(json).digest("hex").toUpperCase()}"`;
  return { ...(json === "" ? {} : { ETag: etag }), "Accept-Ranges": "bytes", "Last-Modified": new Date(0).toUTCString() };
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
      if (servedKinds(cluster, group, version).length > 0) add(`apis/${group}/${version}`, revisionOf(cluster, group, version));
    }
  }
  return paths;
}

/** kubectl falls back to what it has compiled in; only the head is served. */
function versionTwo(request: ApiRequest): Reply {
  const [major = "1", minor = "34"] = request.cluster.version.replace(/^v/, "").split(".");
  const body: Json = { swagger: "2.0", info: { title: "Kubernetes", version: `${major}.${minor}` }, paths: {}, definitions: {} };
  const json = JSON.stringify(body);
  return { status: 200, json, headers: headersOf(json) };
}

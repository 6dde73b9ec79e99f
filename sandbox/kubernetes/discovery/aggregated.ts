import { createHash } from "node:crypto";
import { notAcceptable } from "../api-error.ts";
import type { ApiRequest } from "../http/parse-request.ts";
import type { Reply } from "../http/reply.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Kind, KindVersion } from "../kinds/kind.ts";
import { servedKinds, subresourcesOf } from "./served-kinds.ts";
import { reviewKinds } from "./review-kinds.ts";

const contentType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/** The aggregated form where the client asks for it. @throws ApiError 406 for an unknown form alone. */
export function aggregatedDiscovery(request: ApiRequest, groups: [string, string[]][]): Reply | undefined {
  const accepted = (request.incoming.headers.accept ?? "")
    .split(",")
    .map((item) => item.replaceAll(/\s|;q=[\d.]+/g, ""));
  const wanted = accepted.find(
    (item) => item === contentType || item === "application/json" || item === "*/*",
  );
  if (wanted === undefined && accepted.some((item) => item.includes("as=APIGroupDiscoveryList"))) {
    throw notAcceptable("application/json, application/yaml, application/vnd.kubernetes.protobuf");
  }
  if (wanted !== contentType) return undefined;
  const items = groups.map(([group, versions]) => ({
    metadata: group === "" ? {} : { name: group },
    versions: versions.map((version) => ({
      version,
      resources: resourcesOf(request, group, version),
      freshness: "Current",
    })),
  }));
  const body: Json = {
    kind: "APIGroupDiscoveryList",
    apiVersion: "apidiscovery.k8s.io/v2",
    metadata: {},
    items,
  };
  const json = JSON.stringify(body);
  const etag = `"${createHash("sha512").update(json).digest("hex").toUpperCase()}"`;
  const headers = { ETag: etag, Vary: "Accept", "Cache-Control": "public" };
  if (request.incoming.headers["if-none-match"] === etag)
    return { status: 304, json: "", contentType, headers };
  return { status: 200, json, contentType, headers };
}

function resourcesOf(request: ApiRequest, group: string, version: string): JsonObject[] {
  const stored = servedKinds(request.cluster, group, version).map(([kind, served]) =>
    entry(kind, served, group, version),
  );
  const asked = reviewKinds
    .filter((kind) => kind.group === group && kind.version === version)
    .map((review) => ({
      resource: review.resource,
      responseKind: { group: "", version: "", kind: review.kind },
      scope: review.namespaced ? "Namespaced" : "Cluster",
      singularResource: review.kind.toLowerCase(),
      verbs: ["create"],
    }));
  return [...stored, ...asked];
}

/** Custom resources name their group and version, built-in ones leave them empty (recorded). */
function entry(kind: Kind, served: KindVersion, group: string, version: string): JsonObject {
  const named = (name: string) => ({
    group: kind.custom ? group : "",
    version: kind.custom ? version : "",
    kind: name,
  });
  const all = subresourcesOf(kind, served);
  // Custom resources: status before scale (recorded).
  const subresources = (kind.custom ? all.reverse() : all).map((sub) => ({
    subresource: sub.name,
    responseKind:
      sub.group === undefined
        ? named(sub.kind)
        : { group: sub.group, version: sub.version ?? "", kind: sub.kind },
    verbs: sub.verbs,
  }));
  return {
    resource: kind.resource,
    responseKind: named(kind.kind),
    scope: kind.namespaced ? "Namespaced" : "Cluster",
    singularResource: kind.singular,
    verbs: kind.verbs,
    ...(kind.shortNames.length > 0 ? { shortNames: kind.shortNames } : {}),
    ...(kind.categories.length > 0 ? { categories: kind.categories } : {}),
    ...(subresources.length > 0 ? { subresources } : {}),
  };
}

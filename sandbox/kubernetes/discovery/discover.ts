import { createHash } from "node:crypto";
import type { ApiCluster } from "../api-cluster.ts";
import { noSuchResource, PageNotFound } from "../api-error.ts";
import type { ApiRequest } from "../http/parse-request.ts";
import type { Reply } from "../http/reply.ts";
import { sayJson } from "../json.ts";
import type { Json, JsonObject } from "../json.ts";
import { comparePriority } from "../kinds/crd-kind.ts";
import { apiVersionOf } from "../kinds/kind.ts";
import type { Kind, KindVersion } from "../kinds/kind.ts";
import { aggregatedDiscovery } from "./aggregated.ts";
import { reviewKinds } from "./review-kinds.ts";
import { servedKinds, subresourcesOf } from "./served-kinds.ts";

/** Groups of kube-apiserver by their priority (recorded in discovery). */
const order = [
  "apps",
  "events.k8s.io",
  "authentication.k8s.io",
  "authorization.k8s.io",
  "autoscaling",
  "batch",
  "networking.k8s.io",
  "policy",
  "rbac.authorization.k8s.io",
  "storage.k8s.io",
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "scheduling.k8s.io",
  "coordination.k8s.io",
  "discovery.k8s.io",
];

function rankOf(group: string): number {
  const rank = order.indexOf(group);
  return rank < 0 ? order.length : rank;
}

/** Group names with their served versions, built-in groups first, then custom ones by name. */
export function groupsOf(cluster: ApiCluster): Map<string, string[]> {
  const groups = new Map<string, Set<string>>();
  for (const { group, version } of reviewKinds) groups.set(group, new Set([version]));
  for (const kind of cluster.kinds.all()) {
    const versions = groups.get(kind.group) ?? new Set();
    for (const version of kind.versions) if (version.served) versions.add(version.name);
    groups.set(kind.group, versions);
  }
  groups.delete("");
  return new Map(
    [...groups]
      .map(([group, versions]): [string, string[]] => [group, [...versions].sort(comparePriority)])
      .sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1)),
  );
}

/** The plain list has custom groups by the name of their first APIService, `v1.example.com` (recorded). */
function plainOrder(groups: Map<string, string[]>): [string, string[]][] {
  const service = ([group, versions]: [string, string[]]) =>
    versions.map((version) => `${version}.${group}`).sort()[0] ?? group;
  return [...groups].sort((a, b) => rankOf(a[0]) - rankOf(b[0]) || (service(a) < service(b) ? -1 : 1));
}

function groupDocument(group: string, versions: string[]): JsonObject {
  const entries = versions.map((version) => ({ groupVersion: apiVersionOf(group, version), version }));
  return { name: group, versions: entries, preferredVersion: entries[0] ?? null };
}

function resourceEntries(kind: Kind, version: KindVersion): JsonObject[] {
  return [
    {
      name: kind.resource,
      singularName: kind.singular,
      namespaced: kind.namespaced,
      kind: kind.kind,
      verbs: kind.verbs,
      ...(kind.shortNames.length > 0 ? { shortNames: kind.shortNames } : {}),
      ...(kind.categories.length > 0 ? { categories: kind.categories } : {}),
      storageVersionHash: storageHash(kind),
    },
    ...subresourcesOf(kind, version).map((sub) => ({
      name: `${kind.resource}/${sub.name}`,
      singularName: "",
      namespaced: kind.namespaced,
      ...(sub.group === undefined ? {} : { group: sub.group, version: sub.version ?? "" }),
      kind: sub.kind,
      verbs: sub.verbs,
    })),
  ];
}

/** apiserver's discovery.StorageVersionHash: sha256 of group/version/kind, first 8 bytes. */
function storageHash(kind: Kind): string {
  // Events of both groups are stored as one.
  const [group = ""] = kind.storeKey.split("/");
  return hashOf(`${group}/${kind.storageVersion}/${kind.kind}`);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest().subarray(0, 8).toString("base64");
}

/**
 * `/api`, `/apis`, `/apis/<group>` and `/apis/<group>/<version>`; undefined for any other path.
 *
 * @throws PageNotFound for unknown groups and versions.
 */
export function discover(request: ApiRequest): Reply | undefined {
  const parts = request.path.split("/").filter((part) => part !== "");
  const { cluster } = request;
  if (parts[0] === "api" && parts.length <= 2) {
    if (parts.length === 1) {
      return aggregatedDiscovery(request, [["", ["v1"]]]) ?? { status: 200, body: coreVersions() };
    }
    if (parts[1] !== "v1") throw noSuchResource();
    return { status: 200, body: resourceList(cluster, "", "v1") };
  }
  if (parts[0] !== "apis" || parts.length > 3) return undefined;
  const groups = groupsOf(cluster);
  const [, group, version] = parts;
  if (group === undefined) {
    const documents: Json = plainOrder(groups).map(([name, versions]) => groupDocument(name, versions));
    return (
      aggregatedDiscovery(request, [...groups]) ?? {
        status: 200,
        body: { kind: "APIGroupList", apiVersion: "v1", groups: documents },
      }
    );
  }
  const versions = groups.get(group);
  if (!versions) throw new PageNotFound();
  if (version === undefined) {
    return { status: 200, body: { kind: "APIGroup", apiVersion: "v1", ...groupDocument(group, versions) } };
  }
  if (!versions.includes(version)) throw new PageNotFound();
  return { status: 200, body: resourceList(cluster, group, version) };
}

function coreVersions(): Json {
  return {
    kind: "APIVersions",
    versions: ["v1"],
    serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress: "127.0.0.1:443" }],
  };
}

function resourceList(cluster: ApiCluster, group: string, version: string): Json {
  const reviews = reviewKinds.filter((kind) => kind.group === group && kind.version === version);
  const resources = [
    ...servedKinds(cluster, group, version).flatMap(([kind, served]) => resourceEntries(kind, served)),
    ...reviews.map((review) => ({
      name: review.resource,
      singularName: review.kind.toLowerCase(),
      namespaced: review.namespaced,
      kind: review.kind,
      verbs: ["create"],
    })),
  ];
  const core = group === "";
  return {
    kind: "APIResourceList",
    ...(core ? {} : { apiVersion: "v1" }),
    groupVersion: apiVersionOf(group, version),
    resources: resources.sort((a, b) => (sayJson(a.name) < sayJson(b.name) ? -1 : 1)),
  };
}

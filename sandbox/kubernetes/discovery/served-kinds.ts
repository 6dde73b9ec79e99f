import type { ApiCluster } from "../api-cluster.ts";
import type { Kind, KindVersion } from "../kinds/kind.ts";

const subresourceVerbs = ["get", "patch", "update"];

/** Every served resource of a group and version, with its version's data. */
export function servedKinds(cluster: ApiCluster, group: string, version: string): [Kind, KindVersion][] {
  return cluster.kinds.inGroup(group).flatMap((kind) => {
    const served = kind.versions.find((candidate) => candidate.name === version && candidate.served);
    return served ? [[kind, served] satisfies [Kind, KindVersion]] : [];
  });
}

/** Subresources of a version: its own, and scale and status where it has them. */
export function subresourcesOf(kind: Kind, version: KindVersion): Kind["subresources"] {
  return [
    ...kind.subresources,
    ...(version.scale
      ? [{ name: "scale", kind: "Scale", group: "autoscaling", version: "v1", verbs: subresourceVerbs }]
      : []),
    ...(version.status ? [{ name: "status", kind: kind.kind, verbs: subresourceVerbs }] : []),
  ];
}

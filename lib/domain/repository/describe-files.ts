import { groupOf, kindOf, nameOf, readObjects, textAt, type Loose } from "./loose.ts";
import { clusterOfPath, fleetConfigFile, partOfPath, pricesFile, templateOfPath } from "./layout.ts";
import { readClusterFiles } from "./read-cluster.ts";

/** One file of a change; null content = not there. */
export interface FileChange {
  path: string;
  base: string | null;
  head: string | null;
}

/**
 * What a file of a change means, in a few words ("new cluster, 2 pools"); null where the path says it all.
 */
export function describeFile(change: FileChange): string | null {
  const part = partOfPath(change.path);
  if (part === "cluster") return describeCluster(change);
  if (part !== null) return change.head === null ? describeRemoval(part) : describeObjects(change.head);
  if (change.path === fleetConfigFile) return "access, limits and what regions offer";
  if (change.path === pricesFile) return "prices for estimates";
  const template = templateOfPath(change.path);
  if (template !== null) return `template ${template}`;
  return describeShared(change.path);
}

function describeCluster({ path, base, head }: FileChange): string {
  const name = clusterOfPath(path) ?? "";
  const before = base === null ? null : readClusterFiles({ cluster: base });
  const after = head === null ? null : readClusterFiles({ cluster: head });
  if (head === null) return `removes cluster ${name}`;
  if (after === null) return "holds no readable cluster";
  const count = (pools: unknown[]): string =>
    `${String(pools.length)} ${pools.length === 1 ? "pool" : "pools"}`;
  if (before === null) return `new cluster, ${count(after.pools)}`;
  const said: string[] = [];
  if (before.desiredVersion !== after.desiredVersion) {
    said.push(`control plane ${before.desiredVersion ?? "unset"} → ${after.desiredVersion ?? "unset"}`);
  }
  const versions = (pools: typeof after.pools): string =>
    [...new Set(pools.map((pool) => pool.version ?? "unset"))].join(", ");
  if (versions(before.pools) !== versions(after.pools))
    said.push(`pools ${versions(before.pools)} → ${versions(after.pools)}`);
  if (before.pools.length !== after.pools.length) said.push(`${count(before.pools)} → ${count(after.pools)}`);
  if (before.expiresAt !== after.expiresAt) said.push(`expires ${after.expiresAt?.slice(0, 10) ?? "never"}`);
  if (before.team !== after.team) said.push(`team ${before.team ?? "none"} → ${after.team ?? "none"}`);
  return said.length === 0 ? `changes cluster ${name}` : said.join(", ");
}

const describeRemoval = (part: string): string =>
  part === "fleet" ? "the management cluster lets go of it" : "its own Flux objects go";

const words: Record<string, [one: string, many: string]> = {
  Namespace: ["namespace", "namespaces"],
  Secret: ["credential", "credentials"],
  Kustomization: ["Kustomization", "Kustomizations"],
  Alert: ["alert", "alerts"],
  Role: ["access", "access"],
};

const numbers = ["no", "one", "two", "three", "four", "five", "six"];

/** "development overlay, variables" for Flux' side, "namespace, three Kustomizations, alert" for the fleet's. */
function describeObjects(text: string): string {
  const objects = readObjects(text).objects.map(({ object }) => object);
  const overlays = new Set(objects.flatMap((object) => overlayOf(object)));
  if (overlays.size > 0) {
    const variables = objects.some(
      (object) => kindOf(object) === "ConfigMap" && nameOf(object) === "cluster-vars",
    );
    return [`${[...overlays].join(" and ")} overlay`, ...(variables ? ["variables"] : [])].join(", ");
  }
  const said = Object.entries(words).flatMap(([kind, [one, many]]) => {
    const count = objects.filter((object) => kindOf(object) === kind).length;
    if (count === 0) return [];
    return [count === 1 ? one : `${numbers[count] ?? String(count)} ${many}`];
  });
  return said.length === 0 ? "no known object" : said.join(", ");
}

function overlayOf(object: Loose): string[] {
  if (groupOf(object) !== "kustomize.toolkit.fluxcd.io") return [];
  const overlay = /\/overlays\/([^/]+)/.exec(textAt(object, "spec", "path") ?? "")?.[1];
  return overlay === undefined ? [] : [overlay];
}

function describeShared(path: string): string | null {
  const match = /^(apps|infrastructure|policies)\/(?:overlays\/([^/]+)|(base))\//.exec(path);
  if (!match) return path.startsWith("clusters/management/") ? "the management cluster itself" : null;
  const what = match[1] ?? "";
  return match[2] === undefined ? `${what} of every environment` : `${what} of ${match[2]}`;
}

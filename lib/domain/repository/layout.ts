/** Every path of the fleet repository (gitops-reference §3.1) in one place. */

export const fleetConfigFile = "fleet.yaml";
export const pricesFile = "prices.yaml";
export const managementDir = "clusters/management";
const fleetDir = `${managementDir}/fleet`;
export const templatesDir = "templates";

/** Cluster API objects of one cluster, applied to the management cluster. */
export const clusterFile = (name: string): string => `clusters/${name}/cluster.yaml`;

/** Flux objects of one cluster, applied on that workload cluster. */
export const fluxConfigFile = (name: string): string => `clusters/${name}/flux-config.yaml`;

/** What the management cluster needs to take a cluster up: namespace, credential, three Kustomizations, alert. */
export const fleetFile = (name: string): string => `${fleetDir}/${name}.yaml`;

export const templateDir = (template: string): string => `${templatesDir}/${template}`;

/** The three files of a cluster by their part; a template holds one manifest of the same name for each. */
export const clusterParts = ["cluster", "flux-config", "fleet"] as const;
export type ClusterPart = (typeof clusterParts)[number];

/** Path of one part of a cluster. */
export function clusterPath(name: string, part: ClusterPart): string {
  if (part === "cluster") return clusterFile(name);
  return part === "fleet" ? fleetFile(name) : fluxConfigFile(name);
}

/** All three paths of a cluster. */
export const clusterFiles = (name: string): string[] => clusterParts.map((part) => clusterPath(name, part));

/**
 * Which cluster a path belongs to, by its place alone; null for shared files (`clusters/management/**` other
 * than `fleet/`, apps, infrastructure, templates …).
 */
export function clusterOfPath(path: string): string | null {
  const fleet = /^clusters\/management\/fleet\/([^/]+)\.ya?ml$/.exec(path)?.[1];
  if (fleet !== undefined) return fleet === "kustomization" ? null : fleet;
  const name = /^clusters\/([^/]+)\/./.exec(path)?.[1];
  return name === undefined || name === "management" ? null : name;
}

/** Which of a cluster's three files a path is; null for any other file. */
export function partOfPath(path: string): ClusterPart | null {
  const name = clusterOfPath(path);
  if (name === null) return null;
  return clusterParts.find((part) => clusterPath(name, part) === path) ?? null;
}

/** Which template a path belongs to; null outside `templates/<name>/`. */
export const templateOfPath = (path: string): string | null =>
  /^templates\/([^/]+)\/./.exec(path)?.[1] ?? null;

/** Names of the clusters any of these paths belongs to, sorted, each once. */
export function clustersOfPaths(paths: Iterable<string>): string[] {
  const names = new Set<string>();
  for (const path of paths) {
    const name = clusterOfPath(path);
    if (name !== null) names.add(name);
  }
  return [...names].sort();
}

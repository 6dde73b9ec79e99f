import { compareVersions, minorOf } from "../capi/version.ts";
import { supportOf, type Support } from "./support-of.ts";

/** How many clusters of one environment and provider run one version. */
export interface VersionCount {
  /** Observed version, or the desired one while there is none. */
  version: string;
  environment: string;
  provider: string;
  count: number;
}

interface MatrixRow {
  version: string;
  total: number;
  /** Environment → clusters; no key where there is none. */
  cells: Record<string, number>;
}

export interface MinorRow extends MatrixRow {
  support: { upstream: Support; aks: Support };
  /** Newest first. */
  patches: MatrixRow[];
}

export interface Matrix {
  environments: string[];
  /** Newest first. */
  minors: MinorRow[];
  /** Versions that are no Kubernetes version, as they stand. */
  unreadable: MatrixRow[];
}

/** Name of the environment of clusters without one, as filters write it. */
const noEnvironment = "none";
/** Order of development, where people know one; others after these, by name. */
const knownOrder = ["development", "dev", "test", "staging", "stage", "production", "prod"];

/** Minors and their patches against environments. Every counted cluster is in one row of each level, and one cell. */
export function versionMatrix(counts: readonly VersionCount[], now: Date): Matrix {
  const minors = new Map<string, VersionCount[]>();
  const unreadable: VersionCount[] = [];
  for (const one of counts) {
    const minor = minorOf(one.version);
    if (minor === null) unreadable.push(one);
    else minors.set(minor, [...(minors.get(minor) ?? []), one]);
  }
  return {
    environments: orderEnvironments(counts.map(({ environment }) => environment)),
    minors: [...minors]
      .map(([minor, of]) => ({
        ...rowOf(minor, of),
        support: { upstream: supportOf(minor, "upstream", now), aks: supportOf(minor, "aks", now) },
        patches: byVersion(of).sort((a, b) => compareVersions(b.version, a.version)),
      }))
      .sort((a, b) => compareVersions(`${b.version}.0`, `${a.version}.0`)),
    unreadable: byVersion(unreadable).sort((a, b) => a.version.localeCompare(b.version)),
  };
}

function byVersion(counts: readonly VersionCount[]): MatrixRow[] {
  const versions = new Map<string, VersionCount[]>();
  for (const one of counts) versions.set(one.version, [...(versions.get(one.version) ?? []), one]);
  return [...versions].map(([version, of]) => rowOf(version, of));
}

function rowOf(version: string, counts: readonly VersionCount[]): MatrixRow {
  const cells = new Map<string, number>();
  for (const { environment, count } of counts) cells.set(environment, (cells.get(environment) ?? 0) + count);
  return {
    version,
    total: counts.reduce((sum, { count }) => sum + count, 0),
    cells: Object.fromEntries(cells),
  };
}

/** Each once: development first, production last of the known ones, those without one at the end. */
export function orderEnvironments(environments: readonly string[]): string[] {
  const rank = (name: string): number => {
    if (name === noEnvironment) return knownOrder.length + 1;
    const at = knownOrder.indexOf(name);
    return at === -1 ? knownOrder.length : at;
  };
  return [...new Set(environments)].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

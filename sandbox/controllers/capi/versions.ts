import { numberAt, textAt } from "./read.ts";

/** How many replicas run a version, as in `status.versions[]`. */
export interface VersionCount {
  version: string;
  replicas: number;
}

/** Adds up `{version, replicas}` entries, oldest version first. */
export function versionCounts(entries: readonly unknown[]): VersionCount[] {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const version = textAt(entry, "version");
    if (version === undefined || version === "") continue;
    counts.set(version, (counts.get(version) ?? 0) + (numberAt(entry, "replicas") ?? 0));
  }
  return [...counts]
    .map(([version, replicas]) => ({ version, replicas }))
    .filter((each) => each.replicas > 0)
    .sort((a, b) => compareVersions(a.version, b.version));
}

/** Counts a list of versions. */
export function countVersions(versions: readonly string[]): VersionCount[] {
  return versionCounts(versions.map((version) => ({ version, replicas: 1 })));
}

/** Orders `v1.34.5` and `1.34.5` alike by number; negative when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (const i of [0, 1, 2]) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `[major, minor, patch]`. */
export function numbersOf(version: string): number[] {
  return version
    .replace(/^v/, "")
    .split(/[.+-]/)
    .slice(0, 3)
    .map((part) => Number.parseInt(part, 10) || 0);
}

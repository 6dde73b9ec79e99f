import semver from "semver";

/** Negative where `a` is the older; versions that cannot be read compare as equal, so nothing follows from them. */
export function compareVersions(a: string | null, b: string | null): number {
  const left = semver.parse(a ?? "", { loose: true });
  const right = semver.parse(b ?? "", { loose: true });
  return left && right ? semver.compare(left, right) : 0;
}

/** The oldest of the versions machines report: an upgrade is done when the last one has it. */
export function lowestVersion(versions: readonly string[]): string | null {
  return [...versions].sort(compareVersions)[0] ?? null;
}

/** `v1.34.5` → `v1.34`; null where there is no version. */
export function minorOf(version: string | null): string | null {
  const parsed = semver.parse(version ?? "", { loose: true });
  return parsed ? `v${parsed.major}.${parsed.minor}` : null;
}

/** With its leading v, as Cluster API writes it; AKS's own objects leave it out. */
export function withV(version: string | null | undefined): string | null {
  if (!version) return null;
  return version.startsWith("v") ? version : `v${version}`;
}

import semver from "semver";

/** Minors from the older to the newer version; null where a major lies between, or one cannot be read. */
export function minorsBetween(older: string, newer: string): number | null {
  const [a, b] = [semver.parse(older, { loose: true }), semver.parse(newer, { loose: true })];
  return a && b && a.major === b.major ? b.minor - a.minor : null;
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "repository");

/** Where the fleet repository and the portal are, and when the fleet is seeded. */
export interface Places {
  /** Clone URL of the fleet repository. */
  gitUrl: string;
  portalUrl: string;
  organization: string;
  now: Date;
}

/** The hand-written files of the demo's fleet repository, with this sandbox's addresses and dates in them. */
export function repositoryFiles(places: Places): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(root.length + 1)] = localize(readFileSync(path, "utf8"), places);
  }
  return files;
}

const day = 86_400_000;

/** Literals of the files (they are valid as they stand) that differ from sandbox to sandbox. */
function localize(text: string, { gitUrl, portalUrl, organization, now }: Places): string {
  const inDays = (days: number): string => new Date(now.getTime() + days * day).toISOString().slice(0, 10);
  return text
    .replaceAll("https://github.com/acme/fleet", gitUrl)
    .replaceAll("https://github.com/myorg/fleet-management", gitUrl)
    .replaceAll("https://portal.example.com", portalUrl.replace(/\/$/, ""))
    .replaceAll("@acme/", `@${organization}/`)
    .replaceAll("2026-11-01", inDays(-23))
    .replaceAll("2026-12-18T12:00:00Z", `${inDays(24)}T12:00:00Z`)
    .replaceAll("2027-01-04T06:00:00Z", `${inDays(41)}T06:00:00Z`);
}

/** Files below a directory, names relative to it. */
export function filesBelow(files: Record<string, string>, dir: string): Record<string, string> {
  const prefix = `${dir}/`;
  const inside = Object.entries(files).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(inside.map(([path, content]) => [path.slice(prefix.length), content]));
}

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const sources = [
  "app",
  "components",
  "lib",
  "public",
  "prisma",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "tsconfig.json",
  "postcss.config.mjs",
];

/** A hash over everything the portal's build reads, whether committed or not. */
export function sourceHash(root: string): string {
  const hash = createHash("sha256");
  for (const file of sources.flatMap((source) => filesOf(root, source)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

function filesOf(root: string, source: string): string[] {
  const path = join(root, source);
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [source];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((entry) => join(source, entry))
    .filter((file) => isRead(file) && statSync(join(root, file)).isFile());
}

/** Tests are not built; the database client is written anew before each build, from a schema that is read. */
const isRead = (file: string): boolean =>
  !/\.test\.tsx?$|[\\/]testing[\\/]/.test(file) && !file.startsWith(join("lib", "db", "generated"));

/**
 * Writes the Prisma client where schema or packages have changed since it was written: a build beside running tests
 * must not take it from under them. Generation needs no schema engine, but Prisma looks for one and would download it:
 * any executable that exists satisfies the look-up.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const stamp = join(root, "lib/db/generated/.made-from");
const hash = createHash("sha256");
for (const file of ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"])
  hash.update(readFileSync(join(root, file)));
const source = hash.digest("hex");
if (existsSync(stamp) && readFileSync(stamp, "utf8") === source) process.exit(0);

const result = spawnSync("npx", ["prisma", "generate", "--no-hints"], {
  stdio: ["ignore", "ignore", "inherit"],
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
});
if (result.status === 0) writeFileSync(stamp, source);
process.exit(result.status ?? 1);

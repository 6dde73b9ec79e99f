/**
 * Writes the Prisma client. Generation needs no schema engine, but Prisma looks for one and would download it:
 * any executable that exists satisfies the look-up.
 */
import { spawnSync } from "node:child_process";

const result = spawnSync("npx", ["prisma", "generate", "--no-hints"], {
  stdio: ["ignore", "ignore", "inherit"],
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
});
process.exit(result.status ?? 1);

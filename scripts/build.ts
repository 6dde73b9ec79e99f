/** Builds the portal for production and lays it out ready to run; skipped where the sources have not changed. */
import { buildPortal } from "./demo/build-portal.ts";

await buildPortal({ force: process.argv.includes("--force") });

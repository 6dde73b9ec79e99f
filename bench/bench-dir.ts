import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A throw-away directory that others may pass: as root, Postgres runs as another user. */
export function benchDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "fleetwright-bench-"));
  chmodSync(dir, 0o711);
  return dir;
}

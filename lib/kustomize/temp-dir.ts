import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunning } from "./is-running.ts";

const made = new Set<string>();
const swept = new Set<string>();

/**
 * A new directory `fleetwright-<kind>-<pid>-…` below the system's temporary one, gone when the process exits. What
 * killed processes left of the same kind goes first, once per process.
 */
export function makeTempDir(kind: string): string {
  if (made.size === 0 && swept.size === 0) process.on("exit", () => made.forEach(remove));
  if (!swept.has(kind)) {
    swept.add(kind);
    staleTempDirs(kind).forEach(remove);
  }
  const dir = mkdtempSync(join(tmpdir(), `fleetwright-${kind}-${String(process.pid)}-`));
  made.add(dir);
  return dir;
}

/** Calls `use` with a new temporary directory of that kind and removes it afterwards. */
export async function withTempDir<T>(kind: string, use: (dir: string) => Promise<T>): Promise<T> {
  const dir = makeTempDir(kind);
  try {
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
    made.delete(dir);
  }
}

/**
 * The directories of that kind whose makers are gone. In a container every process is number one: what bears our
 * number and is older than we are is the last one's.
 */
export function staleTempDirs(kind: string): string[] {
  const name = new RegExp(`^fleetwright-${kind}-(\\d+)-\\w+$`);
  return readdirSync(tmpdir()).flatMap((entry) => {
    const pid = Number(name.exec(entry)?.[1] ?? 0);
    if (pid === 0) return [];
    const dir = join(tmpdir(), entry);
    const gone = pid === process.pid ? isOlderThanUs(dir) : !isRunning(pid);
    return gone ? [dir] : [];
  });
}

function isOlderThanUs(dir: string): boolean {
  const found = statSync(dir, { throwIfNoEntry: false });
  return found !== undefined && found.mtimeMs < performance.timeOrigin;
}

function remove(dir: string): void {
  try {
    rmSync(dir, { recursive: true, force: true });
  } catch {
    // Another user's; or somebody still writes there.
  }
}

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isRunning } from "../../lib/kustomize/is-running.ts";

/**
 * Takes a lock that holds as long as this process lives; a dead holder's lock is taken over.
 *
 * @returns the process that holds it: this one where it was taken.
 */
export function takePidLock(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return process.pid;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = holderOf(file);
    if (holder === process.pid || (holder !== null && isRunning(holder))) return holder;
    rmSync(file, { force: true });
  }
}

/** Gives the lock back, where it is this process's. */
export function releasePidLock(file: string): void {
  if (holderOf(file) === process.pid) rmSync(file, { force: true });
}

function holderOf(file: string): number | null {
  try {
    return Number(readFileSync(file, "utf8")) || null;
  } catch {
    return null;
  }
}

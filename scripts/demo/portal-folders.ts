import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "../../lib/kustomize/is-running.ts";

const kept = 3;
const users = ".users";

/** Writes down that this process runs the portal in `folder`, until it exits. */
export function useFolder(folder: string): void {
  const mark = join(folder, users, String(process.pid));
  mkdirSync(join(folder, users), { recursive: true });
  writeFileSync(mark, "");
  process.on("exit", () => rmSync(mark, { force: true }));
}

/** Makes it the newest: it stays until its portal has had the time to start. */
export function touchFolder(folder: string): void {
  const now = new Date();
  utimesSync(folder, now, now);
}

/** Removes built portals, but the newest few and those that run. */
export function removeOldFolders(parent: string): void {
  const folders = readdirSync(parent)
    .map((name) => join(parent, name))
    .map((folder) => ({ folder, at: statSync(folder).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { folder } of folders.slice(kept)) {
    if (!isUsed(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

function isUsed(folder: string): boolean {
  const dir = join(folder, users);
  return existsSync(dir) && readdirSync(dir).some((pid) => isRunning(Number(pid)));
}

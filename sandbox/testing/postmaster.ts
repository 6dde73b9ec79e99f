import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isRunning } from "../../lib/kustomize/is-running.ts";

const pollMs = 50;
const graceMs = 20_000;

/** Resolves when no PostgreSQL serves the data directory. */
export async function postmasterGone(dataDir: string): Promise<void> {
  while (postmasterOf(dataDir) !== null) await delay(pollMs);
}

/** Stops the PostgreSQL that a killed process left behind on a data directory nobody else uses, if there is one. */
export async function stopLeftoverPostgres(dataDir: string): Promise<void> {
  const pid = postmasterOf(dataDir);
  if (pid === null) return;
  process.kill(pid, "SIGINT");
  const late = setTimeout(() => isRunning(pid) && process.kill(pid, "SIGQUIT"), graceMs);
  await postmasterGone(dataDir);
  clearTimeout(late);
}

/** The server's process. The file may outlive it, and its number may be another program's by now. */
function postmasterOf(dataDir: string): number | null {
  try {
    const pid = Number(readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n")[0]);
    return pid > 0 && isRunning(pid) && commandOf(pid).includes(realpathSync(dataDir)) ? pid : null;
  } catch {
    return null;
  }
}

function commandOf(pid: number): string {
  if (process.platform === "linux") return readFileSync(`/proc/${String(pid)}/cmdline`, "utf8");
  return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
}

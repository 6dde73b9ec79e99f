import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { releasePidLock, takePidLock } from "./pid-lock.ts";
import { removeOldFolders, touchFolder } from "./portal-folders.ts";
import { sourceHash } from "./source-hash.ts";

const root = resolve(import.meta.dirname, "../..");
const folders = join(root, ".cache/portal");
const lock = join(root, ".cache/portal.lock");

interface BuildPortalOptions {
  /** Ends a build under way. */
  signal: AbortSignal;
  onStep: (text: string) => void;
}

/**
 * The production portal of the present source, ready to run, in a folder of its own: a build takes nothing from a
 * portal that runs, and an unchanged source is not built again. One build at a time; who comes second waits.
 *
 * @returns the folder of server.js
 * @throws Error with the build's own words where it fails
 */
export async function buildPortal(options: BuildPortalOptions): Promise<string> {
  const built = builtFolder();
  if (built) return built;
  await takeLock(options);
  try {
    return builtFolder() ?? (await build(options));
  } finally {
    releasePidLock(lock);
  }
}

function builtFolder(): string | null {
  const folder = join(folders, sourceHash(root));
  if (!existsSync(folder)) return null;
  touchFolder(folder);
  return folder;
}

async function takeLock({ signal, onStep }: BuildPortalOptions): Promise<void> {
  let holder = takePidLock(lock);
  if (holder !== process.pid) onStep(`waiting for the build of process ${String(holder)}`);
  while (holder !== process.pid) {
    await delay(500, undefined, { signal });
    holder = takePidLock(lock);
  }
}

async function build({ signal, onStep }: BuildPortalOptions): Promise<string> {
  onStep("building the portal");
  const hash = sourceHash(root);
  await run(["scripts/generate.mjs"], signal);
  await run(["node_modules/next/dist/bin/next", "build"], signal);
  const output = join(root, ".next/standalone");
  for (const files of [".next/static", "public"]) {
    if (existsSync(join(root, files))) cpSync(join(root, files), join(output, files), { recursive: true });
  }
  // What was edited during its build is the build of no source: it runs once and is never found again.
  const name = sourceHash(root) === hash ? hash : `${hash}-edited-${String(Date.now())}`;
  const folder = join(folders, name);
  mkdirSync(folders, { recursive: true });
  renameSync(output, folder);
  touchFolder(folder);
  removeOldFolders(folders);
  return folder;
}

function run(args: string[], signal: AbortSignal): Promise<void> {
  // Types are a check of their own; here they would only cost time.
  const env = {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: "1",
    FLEETWRIGHT_SKIP_TYPES: "1",
    NODE_ENV: "production" as const,
  };
  return new Promise((done, reject) => {
    execFile(
      process.execPath,
      args,
      { cwd: root, env, signal, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        if (!error) done();
        else if (signal.aborted) reject(new Error("stopped", { cause: error }));
        else reject(new Error(`${args.join(" ")} failed:\n${stdout}${stderr}`, { cause: error }));
      },
    );
  });
}

/**
 * What `npm run demo` and `npm test` need before anything else. Plain JavaScript without dependencies: it runs on
 * whatever Node the machine has, from 20 on, before the packages are installed.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

export const root = resolve(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), "..");

/** Ends with one sentence; no stack. */
export function giveUp(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}

/** A heading for a step, with the seconds since the start. */
const began = Date.now();
export function step(text) {
  console.log(`[${String(Math.round((Date.now() - began) / 1000)).padStart(3)} s] ${text}`);
}

export function checkMachine() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) giveUp(`Node ${process.versions.node} is too old: install Node 20 or newer and try again.`);
  if (spawnSync("git", ["--version"]).status !== 0) giveUp("git is missing: install it and try again.");
}

/** Installs what package-lock.json names, once per lockfile. */
export function install() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const stamp = join(root, "node_modules/.fleetwright-installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  step("installing packages (once)");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const run = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
  });
  if (run.status !== 0) giveUp("npm ci failed: its own words are above. Is the npm registry reachable?");
  writeFileSync(stamp, lock);
}

/** The project's own Node (a package), or the machine's where it is new enough. */
export function pinnedNode() {
  const require = createRequire(join(root, "package.json"));
  for (const name of [
    `node-${process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
  ]) {
    try {
      const binary = join(dirname(require.resolve(`${name}/package.json`)), "bin/node");
      if (existsSync(binary)) return binary;
    } catch {
      // Not installed for this platform.
    }
  }
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  return giveUp(
    `There is no packaged Node for ${process.platform}-${process.arch}, and Node ${process.versions.node} is too old ` +
      "to run the project itself: install Node 24 and try again.",
  );
}

/** Environment in which npm's binaries and child processes find the pinned Node first. */
export function withNode(node) {
  return {
    ...process.env,
    PATH: `${dirname(node)}:${join(root, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** Runs a command to its end; its output is shown. Resolves with the exit code. */
export function run(command, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], ...options });
    child.on("error", () => done(127));
    child.on("exit", (code, signal) => done(code ?? (signal ? 128 : 1)));
  });
}

/** Becomes the pinned Node running `script`: terminal signals reach the child, and this process waits for it. */
export async function become(script, args) {
  const node = pinnedNode();
  for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => undefined);
  const child = spawn(node, [join(root, script), ...args], {
    cwd: root,
    stdio: "inherit",
    env: withNode(node),
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

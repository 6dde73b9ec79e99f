/** The demo: everything on this machine, until Ctrl-C. State and logs are in .sandbox/. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startStack, type Stack } from "./stack.ts";

const root = resolve(import.meta.dirname, "../..");
const dir = join(root, ".sandbox");
const pidFile = join(dir, "pid");
const began = Date.now();

const onStep = (text: string): void => {
  console.log(`[${String(Math.round((Date.now() - began) / 1_000)).padStart(3)} s] ${text}`);
};

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function takeLock(): void {
  mkdirSync(dir, { recursive: true });
  if (existsSync(pidFile) && isRunning(Number(readFileSync(pidFile, "utf8")))) {
    console.error("The demo is already running here: its address is in .sandbox/demo.json.");
    process.exit(1);
  }
  writeFileSync(pidFile, String(process.pid));
}

function describe({ portal, info }: Stack): void {
  const people = info.people.map(({ login, roles, teams, token }) => ({ login, roles, teams, token }));
  const { url, api, repository } = info.forge;
  const demo = { portal, forge: { url, api, repository }, kubeconfig: info.kubeconfig, people };
  writeFileSync(join(dir, "demo.json"), JSON.stringify(demo, null, 2), { mode: 0o600 });
  console.log(`\n  Fleetwright   ${portal}\n  Forge         ${url}/${repository}`);
  console.log(
    `  kubectl       export KUBECONFIG=${info.kubeconfig}\n\n  Who can sign in (choose on the forge's page, no password):`,
  );
  for (const { login, roles, teams } of people) {
    const what = [roles.join(", ") || "no role", teams.length > 0 ? `teams ${teams.join(", ")}` : ""].filter(
      Boolean,
    );
    console.log(`    ${login.padEnd(12)} ${what.join(" · ")}`);
  }
  console.log("\n  Ctrl-C stops it; the state stays in .sandbox/ (make demo-reset forgets it).\n");
}

takeLock();
let stack: Stack | null = null;
let stopping = false;
/** Asks anew: a signal may have arrived while something was awaited. */
const isStopping = (): boolean => stopping;

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  await stack?.close();
  rmSync(pidFile, { force: true });
  process.exit(code);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (!stopping) console.log("\nstopping …");
    void stop(0);
  });
}
// A closed terminal must not end us before the children are stopped.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

try {
  stack = await startStack({ dir, clusters: Number(process.env["CLUSTERS"] ?? 50), durable: true, onStep });
  describe(stack);
  onStep("ready");
  const name = await stack.broken;
  if (!isStopping()) {
    console.error(`\n${name} ended unexpectedly: see .sandbox/logs/.`);
    await stop(1);
  }
} catch (error) {
  if (!isStopping()) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}\nLogs are in .sandbox/logs/.`);
    await stop(1);
  }
}

/** The demo: everything on this machine, until Ctrl-C. State and logs are in .sandbox/. */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { releasePidLock, takePidLock } from "./pid-lock.ts";
import { startStack, type Stack } from "./stack.ts";
import { stopSignal } from "./stop-signal.ts";

const root = resolve(import.meta.dirname, "../..");
const dir = join(root, ".sandbox");
const pidFile = join(dir, "pid");
const began = Date.now();
/** Another demo beside the usual one, on a port of its own and the four after it. */
const firstPort = Number(process.env["FLEETWRIGHT_DEMO_PORT"] ?? 3_000);

const onStep = (text: string): void => {
  console.log(`[${String(Math.round((Date.now() - began) / 1_000)).padStart(3)} s] ${text}`);
};

function takeLock(): void {
  const holder = takePidLock(pidFile);
  if (holder === process.pid) return;
  console.error(
    `The demo is already running here (process ${String(holder)}): its address is in .sandbox/demo.json.`,
  );
  process.exit(1);
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

/** Runs until a signal or until a part ends by itself; all is stopped again. Returns the exit code. */
async function run(signal: AbortSignal): Promise<number> {
  const stack = await startStack({
    dir,
    firstPort,
    clusters: Number(process.env["CLUSTERS"] ?? 50),
    durable: true,
    signal,
    onStep,
  });
  try {
    describe(stack);
    onStep("ready");
    const stopped = new Promise<null>((done) => {
      signal.addEventListener("abort", () => done(null));
      if (signal.aborted) done(null);
    });
    const name = await Promise.race([stack.broken, stopped]);
    if (name !== null && !signal.aborted) {
      console.error(`\n${name} ended unexpectedly: see .sandbox/logs/.`);
      return 1;
    }
    return 0;
  } finally {
    await stack.close();
  }
}

takeLock();
const signal = stopSignal();
signal.addEventListener("abort", () => console.log("\nstopping …"));
const code = await run(signal).catch((error: unknown) => {
  if (signal.aborted) return 0;
  console.error(`\n${error instanceof Error ? error.message : String(error)}\nLogs are in .sandbox/logs/.`);
  return 1;
});
releasePidLock(pidFile);
process.exit(code);

/**
 * Playwright journeys against a stack of their own (fresh state, free ports). `npm run test:e2e -- sign-in` runs one
 * file; `FLEETWRIGHT_E2E_KEEP=1` leaves the state in .cache/e2e for a look.
 */
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findChromium } from "./chromium.ts";
import { startStack } from "./demo/stack.ts";
import { stopSignal } from "./demo/stop-signal.ts";

const root = resolve(import.meta.dirname, "..");
const dir = join(root, ".cache/e2e");

function playwright(env: Record<string, string>, stop: AbortSignal): Promise<number> {
  const cli = join(root, "node_modules/@playwright/test/cli.js");
  return new Promise((done) => {
    const child = spawn(process.execPath, [cli, "test", ...process.argv.slice(2)], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    stop.addEventListener("abort", () => child.kill());
    child.on("exit", (code) => done(code ?? 1));
  });
}

const chromium = findChromium();
rmSync(dir, { recursive: true, force: true });
mkdirSync(dir, { recursive: true });
const signal = stopSignal();
const stack = await startStack({
  dir,
  clusters: 50,
  firstPort: 4100,
  durable: false,
  signal,
  onStep: (text) => console.log(`  ${text}`),
});
let code = 1;
try {
  const { forge, kubeconfig, people } = stack.info;
  writeFileSync(
    join(dir, "demo.json"),
    JSON.stringify({ portal: stack.portal, forge, kubeconfig, people, logs: join(dir, "logs") }, null, 2),
  );
  signal.throwIfAborted();
  code = await playwright({ FLEETWRIGHT_DEMO: join(dir, "demo.json"), CHROMIUM: chromium ?? "" }, signal);
} finally {
  await stack.close();
  if (code === 0 && process.env["FLEETWRIGHT_E2E_KEEP"] !== "1")
    rmSync(dir, { recursive: true, force: true });
}
process.exit(code);

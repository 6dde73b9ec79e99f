/** The whole sandbox: `node sandbox/main.ts options.json` (SandboxOptions); tells its parent when it is ready. */
import { readFileSync } from "node:fs";
import type { SandboxMessage, SandboxOptions } from "./info.ts";
import { startSandbox, type Sandbox } from "./run/start-sandbox.ts";

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: main.ts <options.json>");
const options = JSON.parse(readFileSync(file, "utf8")) as SandboxOptions;

const tell = (message: SandboxMessage): void => {
  if (process.send && process.connected) process.send(message);
  else console.log(JSON.stringify(message));
};

let sandbox: Sandbox | null = null;
let stopping = false;
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  await sandbox?.close();
  process.exit(code);
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(0));
process.stdin.once("end", () => void stop(0)).resume();

try {
  sandbox = await startSandbox(options, (text) => tell({ type: "step", text }));
  tell({ type: "ready", info: sandbox.info });
} catch (error) {
  console.error(error);
  tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  await stop(1);
}

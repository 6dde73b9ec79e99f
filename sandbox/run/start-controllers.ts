import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Running } from "../contracts.ts";
import type { ControllersOptions } from "../controllers/main.ts";

const graceMs = 2_500;

/** The controllers' process; it ends with this one, whose end closes its standard input. */
export interface Controllers extends Running {
  setSpeed(speed: number): void;
  ended: Promise<void>;
}

export async function startControllers(dir: string, options: ControllersOptions): Promise<Controllers> {
  const file = join(dir, "controllers.json");
  writeFileSync(file, JSON.stringify(options), { mode: 0o600 });
  const main = resolve(import.meta.dirname, "../controllers/main.ts");
  const child = spawn(process.execPath, ["--max-old-space-size=384", "--max-semi-space-size=4", main, file], {
    stdio: ["pipe", "inherit", "inherit", "ipc"],
  });
  child.stdin?.on("error", () => undefined);
  const ended = new Promise<void>((done) => {
    child.once("exit", () => done());
    child.once("error", () => done());
  });
  await new Promise<void>((done, reject) => {
    child.once("message", () => done());
    void ended.then(() => reject(new Error("the controllers ended before they were ready")));
  });
  return {
    ended,
    setSpeed: (speed) => {
      child.send({ speed });
    },
    close: async () => {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), graceMs);
      await ended;
      clearTimeout(late);
    },
  };
}

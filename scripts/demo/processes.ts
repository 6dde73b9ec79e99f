import { spawn, type ChildProcess } from "node:child_process";

const graceMs = 3_000;

/** Small young generation and early collection: on a laptop memory is dearer than the last per cent of speed. */
const thrifty = ["--max-old-space-size=384", "--max-semi-space-size=4"];

export interface Started {
  name: string;
  child: ChildProcess;
  /** Resolves when the process has ended, with its exit code (null = a signal). */
  ended: Promise<number | null>;
}

/**
 * Child processes that never outlive this one: each is a group of its own, ends when its standard input ends (also
 * when this process is killed), and is stopped in reverse order of its start.
 */
export class Processes {
  readonly #started: Started[] = [];

  start(
    name: string,
    file: string,
    args: string[],
    options: { env?: Record<string, string>; cwd?: string; ipc?: boolean; log: number },
  ): Started {
    const child = spawn(process.execPath, [...thrifty, file, ...args], {
      cwd: options.cwd,
      env: { ...process.env, MALLOC_ARENA_MAX: "2", MALLOC_TRIM_THRESHOLD_: "131072", ...options.env },
      detached: true,
      stdio: ["pipe", options.log, options.log, ...(options.ipc ? (["ipc"] as const) : [])],
    });
    // A child that is gone already must not fail us at its closed pipe.
    child.stdin?.on("error", () => undefined);
    const ended = new Promise<number | null>((done) => {
      child.on("exit", (code) => done(code));
      child.on("error", () => done(127));
    });
    const started = { name, child, ended };
    this.#started.push(started);
    return started;
  }

  async stop(): Promise<void> {
    for (const started of this.#started.reverse()) await stopOne(started);
    this.#started.length = 0;
  }
}

async function stopOne({ child, ended }: Started): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const { pid } = child;
  child.kill("SIGTERM");
  child.stdin?.end();
  const late = setTimeout(() => {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // The group is gone.
    }
  }, graceMs);
  await ended;
  clearTimeout(late);
}

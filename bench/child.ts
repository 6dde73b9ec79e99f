import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A part of the benchmark in a process of its own, so that its memory is its own. */
export interface Child<T> {
  pid: number;
  told: T;
  ask<A>(): Promise<A>;
  close(): Promise<void>;
}

/** Starts bench/main.ts in another role; resolves with what it tells when it is ready. */
export async function startChild<T>(role: string, options: object, heapMb = 2_048): Promise<Child<T>> {
  const main = join(import.meta.dirname, "main.ts");
  const args = [`--max-old-space-size=${String(heapMb)}`, main, "--role", role, JSON.stringify(options)];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const next = async <A>(): Promise<A> => {
    const [message] = (await Promise.race([
      once(child, "message"),
      ended.then(([code]) => Promise.reject(new Error(`${role} ended (${String(code)})`))),
    ])) as [A];
    return message;
  };
  const told = await next<T>();
  return {
    pid: child.pid ?? 0,
    told,
    ask: <A>() => {
      const answer = next<A>();
      child.send("stats");
      return answer;
    },
    async close() {
      if (child.exitCode !== null) return;
      if (child.connected) child.disconnect();
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(late);
    },
  };
}

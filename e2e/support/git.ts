import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { readDemo } from "./demo.ts";

const run = promisify(execFile);

/** Native git on the forge's bare repository: what is really there. */
export async function bareGit(...args: string[]): Promise<string> {
  const { stdout } = await run("git", ["--git-dir", readDemo().forge.gitDir, ...args], {
    maxBuffer: 1 << 26,
  });
  return stdout.trim();
}

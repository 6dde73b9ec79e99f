import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { kubectlPath } from "../../scripts/tools.ts";
import { readDemo } from "./demo.ts";

const run = promisify(execFile);

/** The real kubectl against the demo's management cluster (or `--context <cluster>`). */
export async function kubectl(...args: string[]): Promise<string> {
  const { stdout } = await run(await kubectlPath(), ["--kubeconfig", readDemo().kubeconfig, ...args], {
    maxBuffer: 1 << 26,
  });
  return stdout;
}

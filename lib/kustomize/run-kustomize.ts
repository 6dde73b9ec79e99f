import { execFile } from "node:child_process";

export interface KustomizeRun {
  kubectl: string;
  /** Directory with the kustomization. */
  dir: string;
  /** An empty directory to call home. */
  home: string;
  timeoutMs: number;
  maxBytes: number;
}

/**
 * Runs the real kustomize on a directory, with an empty environment (no network tool is found), a deadline and a
 * limit on its output.
 *
 * @returns the YAML, or what kustomize said.
 */
export function runKustomize(
  run: KustomizeRun,
): Promise<{ ok: true; yaml: string } | { ok: false; error: string }> {
  const args = ["kustomize", run.dir, "--load-restrictor", "LoadRestrictionsNone"];
  const options = {
    cwd: run.dir,
    env: { HOME: run.home, PATH: "", KUBECONFIG: "/dev/null", NODE_ENV: "production" as const },
    timeout: run.timeoutMs,
    maxBuffer: run.maxBytes,
    killSignal: "SIGKILL" as const,
    encoding: "utf8" as const,
  };
  return new Promise((resolve) => {
    execFile(run.kubectl, args, options, (error, stdout, stderr) => {
      if (!error) resolve({ ok: true, yaml: stdout });
      else if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") {
        resolve({ ok: false, error: `the build gives more than ${String(run.maxBytes >> 20)} MiB` });
      } else if (error.killed === true) {
        resolve({ ok: false, error: `the build took longer than ${String(run.timeoutMs / 1000)} s` });
      } else resolve({ ok: false, error: plain(stderr || error.message, run.dir) });
    });
  });
}

/** kustomize's message without kubectl's log line around it and without our temporary directories. */
const plain = (text: string, dir: string): string =>
  (/ err="((?:\\.|[^"\\])*)"/.exec(text)?.[1]?.replaceAll('\\"', '"') ?? text)
    .trim()
    .replace(/^error: /, "")
    .replaceAll(dir, ".")
    .slice(0, 2000);

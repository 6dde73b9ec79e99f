import { execa } from "execa";

/** Git failed; `stderr` is for the log, credentials never are in it (they travel in the environment). */
export class GitError extends Error {
  /** By name, as ForgeError is known: a bundle may hold two copies of this class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "GitError";
  }

  readonly exitCode: number | null;
  readonly stderr: string;

  constructor(args: readonly string[], exitCode: number | null, stderr: string) {
    super(`git ${args[0] ?? ""} failed: ${stderr.trim().split("\n").at(-1) ?? "no message"}`);
    this.name = "GitError";
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

export interface GitRun {
  stdout: string;
  exitCode: number;
}

export interface GitOptions {
  cwd: string;
  binary: string;
  env?: Record<string, string>;
  input?: string;
  timeoutMs?: number;
  encoding?: "utf8" | "latin1";
  /** Exit codes that are answers, not failures. */
  accept?: number[];
}

/** Nothing of the machine's or the user's Git configuration, no prompt, no hooks, no pager. */
const baseEnv = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
};

/** Runs native git. @throws GitError unless it ends with 0 or an accepted code. */
export async function runGit(args: readonly string[], options: GitOptions): Promise<GitRun> {
  const { cwd, binary, env, input, timeoutMs = 30_000, encoding = "utf8", accept = [] } = options;
  const result = await execa(binary, args, {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: cwd, ...baseEnv, ...env },
    extendEnv: false,
    input: input ?? "",
    timeout: timeoutMs,
    encoding,
    maxBuffer: 256 * 1024 * 1024,
    stripFinalNewline: false,
    reject: false,
  });
  const exitCode = result.exitCode ?? null;
  if (exitCode === null || (exitCode !== 0 && !accept.includes(exitCode))) {
    const why = result.timedOut
      ? `no end within ${String(timeoutMs / 1000)} s`
      : result.stderr || (result.shortMessage ?? "");
    throw new GitError(args, exitCode, why);
  }
  return { stdout: result.stdout, exitCode };
}

/** Runs git in one repository. */
export type Git = (args: readonly string[], options?: Partial<GitOptions>) => Promise<GitRun>;

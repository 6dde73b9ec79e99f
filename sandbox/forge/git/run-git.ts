import { execa } from "execa";

interface GitOptions {
  input?: string | Buffer;
  env?: Record<string, string>;
  /** Exit codes that are an answer and not a failure. */
  accept?: readonly number[];
}

interface GitResult {
  code: number;
  stdout: string;
}

/** Environment of every git process: none of the user's configuration, no prompts, one locale. */
export const gitEnvironment: Record<string, string> = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
};

/**
 * Runs git in a repository and returns its output as text, trailing newline and all.
 * @throws Error with git's own words when it exits with a code that is not accepted.
 */
export async function runGit(
  gitDir: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitResult> {
  const result = await execa("git", ["--git-dir", gitDir, ...args], {
    env: { ...gitEnvironment, ...options.env },
    input: options.input ?? "",
    reject: false,
    stripFinalNewline: false,
    maxBuffer: 200_000_000,
  });
  const code = result.exitCode ?? 1;
  if (code !== 0 && options.accept?.includes(code) !== true) {
    throw new Error(`git ${args.join(" ")} exited with ${String(code)}: ${result.stderr || result.message}`);
  }
  return { code, stdout: result.stdout };
}

/** Like {@link runGit}, for output that is not text. */
export async function runGitBinary(gitDir: string, args: readonly string[]): Promise<Buffer> {
  const result = await execa("git", ["--git-dir", gitDir, ...args], {
    env: gitEnvironment,
    encoding: "buffer",
    stripFinalNewline: false,
    maxBuffer: 200_000_000,
  });
  return Buffer.from(result.stdout);
}

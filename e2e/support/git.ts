import { execFile } from "node:child_process";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** Appends a line to files of main in one commit, past the forge's protection, as an administrator may. */
export async function commitToMain(title: string, paths: string[], line: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "e2e-commit-"));
  const git = (...args: string[]) => run("git", ["-C", dir, ...args]);
  try {
    await git("clone", "-q", "--branch", "main", readDemo().forge.gitDir, ".");
    for (const path of paths) await appendFile(join(dir, path), `${line}\n`);
    const who = ["-c", "user.name=Omar Haddad", "-c", "user.email=omar.h@example.com"];
    await git(...who, "commit", "-qam", title);
    const { stdout } = await git("rev-parse", "HEAD");
    await bareGit("fetch", "-q", dir, "HEAD");
    await bareGit("update-ref", "refs/heads/main", stdout.trim());
    return stdout.trim();
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

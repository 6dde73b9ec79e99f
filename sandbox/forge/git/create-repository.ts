import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import type { ForgeSeed } from "../../contracts.ts";
import { fastImportStream } from "./fast-import-stream.ts";
import { preReceiveHook } from "./pre-receive-hook.ts";
import { gitEnvironment, runGit } from "./run-git.ts";

/** Makes the bare repository with the seed's history. */
export async function createRepository(gitDir: string, seed: ForgeSeed): Promise<void> {
  await execa("git", ["init", "--quiet", "--bare", `--initial-branch=${seed.defaultBranch}`, gitDir], {
    env: gitEnvironment,
  });
  await configureRepository(gitDir);
  if (seed.commits.length > 0) {
    const input = fastImportStream(seed.defaultBranch, seed.commits);
    await runGit(gitDir, ["fast-import", "--quiet", "--done", "--date-format=raw"], { input });
  }
}

/** Settings and hooks; done at every start, so that an older state gets what a newer forge needs. */
export async function configureRepository(gitDir: string): Promise<void> {
  const settings: [string, string][] = [
    ["http.receivepack", "true"],
    ["receive.hideRefs", "refs/pull"],
    ["receive.advertiseAtomic", "true"],
    ["uploadpack.allowReachableSHA1InWant", "true"],
    ["uploadpack.allowAnySHA1InWant", "true"],
    ["uploadpack.allowFilter", "true"],
    ["gc.auto", "0"],
    ["core.logAllRefUpdates", "false"],
  ];
  for (const [key, value] of settings) await runGit(gitDir, ["config", key, value]);
  await mkdir(join(gitDir, "hooks"), { recursive: true });
  const hook = join(gitDir, "hooks", "pre-receive");
  await writeFile(hook, preReceiveHook);
  await chmod(hook, 0o755);
}

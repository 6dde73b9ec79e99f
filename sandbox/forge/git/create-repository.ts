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

/** What the forge's repository must say to git, in a file of its own: eight settings cost one process, not eight. */
const settings = `[http]
	receivepack = true
[receive]
	hideRefs = refs/pull
	advertiseAtomic = true
[uploadpack]
	allowReachableSHA1InWant = true
	allowAnySHA1InWant = true
	allowFilter = true
[gc]
	auto = 0
[core]
	logAllRefUpdates = false
`;

/** Settings and hooks; done at every start, so that an older state gets what a newer forge needs. */
export async function configureRepository(gitDir: string): Promise<void> {
  const hooks = join(gitDir, "hooks");
  await mkdir(hooks, { recursive: true });
  await writeFile(join(gitDir, "config.forge"), settings);
  await writeFile(join(hooks, "pre-receive"), preReceiveHook);
  await chmod(join(hooks, "pre-receive"), 0o755);
  // A path in a configuration is read from where the configuration lies.
  await runGit(gitDir, ["config", "include.path", "config.forge"]);
}

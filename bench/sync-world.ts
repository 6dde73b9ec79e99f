import { rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { openDatabase, type Database } from "../scripts/demo/database.ts";
import { fastImportStream } from "../sandbox/forge/git/fast-import-stream.ts";
import { startKubernetes } from "../sandbox/kubernetes/start-kubernetes.ts";
import { benchDir } from "./bench-dir.ts";
import { startChild, type Child } from "./child.ts";
import { filesOf, type BenchCluster } from "./fleet-of.ts";
import { freePort } from "./free-port.ts";
import { growJournal } from "./grow-journal.ts";
import { admin, seedModels } from "./seed-models.ts";

export interface ApiServers {
  url: string;
  ca: string;
  kubeconfig: string;
}

/** A fleet's API servers, its repository and an empty database; no engine yet. */
export interface SyncBenchWorld {
  dir: string;
  database: Database;
  gitUrl: string;
  api: Child<ApiServers>;
  close(): Promise<void>;
}

export async function startSyncBenchWorld(fleet: readonly BenchCluster[]): Promise<SyncBenchWorld> {
  const dir = benchDir();
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const each of closers.reverse()) await each();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const gitUrl = join(dir, "fleet.git");
    const head = await seedRepository(gitUrl, fleet);
    const port = await freePort();
    const state = join(dir, "kubernetes");
    const small = await startKubernetes({ dir: state, port, users: [admin] });
    await seedModels(small, head).finally(() => small.close());
    await growJournal(state, fleet);
    const api = await startChild<ApiServers>("api", { dir: state, port }, 4_096);
    closers.push(() => api.close());
    const database = await openDatabase({
      dir,
      port: await freePort(),
      durable: true,
      onLog: () => undefined,
    });
    closers.push(() => database.stop());
    return { dir, database, gitUrl, api, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function seedRepository(gitDir: string, fleet: readonly BenchCluster[]): Promise<string> {
  const author = { name: "bench", email: "bench@example.com" };
  const commit = { message: "Seed", author, date: "2026-11-01T08:00:00Z", files: filesOf(fleet) };
  const git = { extendEnv: false, env: { PATH: process.env["PATH"] ?? "", GIT_DIR: gitDir } };
  await execa("git", ["init", "--quiet", "--bare", "--initial-branch=main", gitDir]);
  await execa("git", ["fast-import", "--quiet", "--done", "--date-format=raw"], {
    ...git,
    input: fastImportStream("main", [commit]),
  });
  return (await execa("git", ["rev-parse", "main"], git)).stdout;
}

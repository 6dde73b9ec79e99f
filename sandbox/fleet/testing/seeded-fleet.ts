import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadCrds } from "../../crds/load-crds.ts";
import { createRepository } from "../../forge/git/create-repository.ts";
import { createFleetSecrets, type FleetSecrets } from "../secrets.ts";
import { fleetSeed, type FleetSeed } from "../seed.ts";

const run = promisify(execFile);

/** A seeded fleet repository on disk, with a checkout of it. */
export interface SeededFleet {
  seed: FleetSeed;
  secrets: FleetSecrets;
  now: Date;
  gitDir: string;
  checkout: string;
  /** Everything on main: path → content. */
  files: Record<string, string>;
  git(...args: string[]): Promise<string>;
  close(): Promise<void>;
}

/** Seeds a fleet into a bare repository in a temporary directory. */
export async function seededFleet(clusters = 50): Promise<SeededFleet> {
  const dir = await mkdtemp(join(tmpdir(), "fleet-"));
  const now = new Date("2026-11-24T12:00:00Z");
  const secrets = await createFleetSecrets();
  const places = { forgeUrl: "http://127.0.0.1:4100", portalUrl: "http://127.0.0.1:3000" };
  const seed = await fleetSeed({ now, ...places, secrets, fluxCrds: loadCrds("flux"), clusters });
  const gitDir = join(dir, "fleet.git");
  const checkout = join(dir, "checkout");
  await createRepository(gitDir, seed.forge);
  await run("git", ["clone", "-q", "--branch", "main", gitDir, checkout]);
  const files: Record<string, string> = {};
  for (const commit of seed.forge.commits) {
    for (const [path, content] of Object.entries(commit.files)) if (content !== null) files[path] = content;
  }
  return {
    seed,
    secrets,
    now,
    gitDir,
    checkout,
    files,
    git: async (...args) => (await run("git", ["-C", checkout, ...args], { maxBuffer: 64 << 20 })).stdout,
    close: () => rm(dir, { recursive: true, force: true }),
  };
}

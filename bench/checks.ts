import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildCheck } from "../lib/changes/checks/build-check.ts";
import { protectCheck } from "../lib/changes/checks/protect-check.ts";
import { runKustomize } from "../lib/kustomize/run-kustomize.ts";
import { openMirror } from "../lib/git/open-mirror.ts";
import type { Mirror } from "../lib/git/mirror.ts";
import { treeBuilder } from "../lib/server/tree-builder.ts";
import { seededFleet, type SeededFleet } from "../sandbox/fleet/testing/seeded-fleet.ts";
import { kubectlPath } from "../scripts/tools.ts";
import { filesOf, fleetOf } from "./fleet-of.ts";
import { spreadOf, type Spread } from "./spread.ts";

interface ChangeTime {
  change: string;
  /** `fleetwright/build` and `fleetwright/protect` one after the other; the second shares what the first built. */
  seconds: number;
  verdicts: string[];
}

export interface ChecksFigures {
  clusters: number;
  kustomizations: number;
  /** One cluster's directory by kustomize alone: the reference. */
  oneKustomizeMs: Spread;
  /** Every path of the default branch, nothing cached: what the engine does beside its work after a start. */
  coldSeconds: number;
  coldMsPerKustomization: number;
  changes: ChangeTime[];
}

/** What the seed itself brings: the troubled clusters, so that every kind of path is there. */
const seeded = 6;

/** How long a pull request's checks take that build the fleet: cold, for one cluster, for all. */
export async function benchChecks(clusters: number): Promise<ChecksFigures> {
  const fleet = await seededFleet(Math.min(clusters, seeded));
  const dir = await mkdtemp(join(tmpdir(), "fleetwright-bench-"));
  try {
    await write(fleet, filesOf(fleetOf(Math.max(0, clusters - seeded))));
    await commit(fleet, "main", "More clusters");
    const mirror = openMirror({
      dir: join(dir, "mirror.git"),
      url: fleet.gitDir,
      credentials: () => Promise.resolve(null),
    });
    return await measure(fleet, mirror, clusters);
  } finally {
    await fleet.close();
    await rm(dir, { recursive: true, force: true });
  }
}

async function measure(fleet: SeededFleet, mirror: Mirror, clusters: number): Promise<ChecksFigures> {
  const kubectl = await kubectlPath();
  const oneKustomizeMs = await timeKustomize(
    kubectl,
    join(fleet.checkout, "infrastructure/overlays/production"),
  );
  const { head } = await mirror.fetch();
  if (head === null) throw new Error("the fleet repository is empty");
  const buildFleet = treeBuilder(mirror, kubectl);
  const cold = await timed(async () => buildFleet(await mirror.treeOf(head)));
  const broken = cold.value.filter(({ ok }) => !ok);
  if (broken.length > 0)
    console.error(`${String(broken.length)} paths do not build: ${broken[0]?.error ?? ""}`);
  const changes: ChangeTime[] = [];
  for (const [change, edit] of Object.entries(edits)) {
    const headSha = await branchWith(fleet, change.replaceAll(" ", "-"), await edit(fleet));
    await mirror.fetch();
    const time = await timed(async () => {
      const merged = await mirror.mergeTree(head, headSha);
      const build = await buildCheck(merged, buildFleet);
      return [build, await protectCheck({ merged, baseSha: head }, { mirror, buildFleet })];
    });
    changes.push({
      change,
      seconds: time.seconds,
      verdicts: time.value.map(({ name, state }) => `${name} ${state}`),
    });
  }
  return {
    clusters,
    kustomizations: cold.value.length,
    oneKustomizeMs,
    coldSeconds: cold.seconds,
    coldMsPerKustomization: Math.round((cold.seconds * 1_000) / cold.value.length),
    changes,
  };
}

type Edit = (fleet: SeededFleet) => Promise<Record<string, string>>;

const edits: Record<string, Edit> = {
  "a file no build reads": () => Promise.resolve({ "docs/notes.md": "A note.\n" }),
  "one cluster more": () =>
    Promise.resolve(
      Object.fromEntries(
        Object.entries(filesOf(fleetOf(1))).map(([path, text]) => [
          path.replaceAll("bench-0001", "bench-more"),
          text.replaceAll("bench-0001", "bench-more"),
        ]),
      ),
    ),
  "what every cluster runs": async ({ checkout }) => {
    const path = "infrastructure/base/namespaces.yaml";
    return { [path]: `${await readFile(join(checkout, path), "utf8")}\n# touched\n` };
  },
};

async function write(fleet: SeededFleet, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(fleet.checkout, path)), { recursive: true });
    await writeFile(join(fleet.checkout, path), text);
  }
}

async function commit(fleet: SeededFleet, branch: string, message: string): Promise<void> {
  const person = ["-c", "user.name=bench", "-c", "user.email=bench@example.com"];
  await fleet.git("add", "--all");
  await fleet.git(...person, "commit", "--quiet", "--allow-empty", "-m", message);
  await fleet.git("push", "--quiet", "origin", `HEAD:refs/heads/${branch}`);
}

async function branchWith(
  fleet: SeededFleet,
  branch: string,
  files: Record<string, string>,
): Promise<string> {
  await fleet.git("checkout", "--quiet", "-b", branch, "main");
  await write(fleet, files);
  await commit(fleet, branch, branch);
  const sha = (await fleet.git("rev-parse", "HEAD")).trim();
  await fleet.git("checkout", "--quiet", "main");
  return sha;
}

async function timeKustomize(kubectl: string, dir: string): Promise<Spread> {
  const home = await mkdtemp(join(tmpdir(), "fleetwright-bench-home-"));
  const times: number[] = [];
  for (let run = 0; run < 10; run += 1) {
    const { seconds, value } = await timed(() =>
      runKustomize({ kubectl, dir, home, timeoutMs: 20_000, maxBytes: 16 << 20 }),
    );
    if (!value.ok) throw new Error(value.error);
    times.push(seconds * 1_000);
  }
  await rm(home, { recursive: true, force: true });
  return spreadOf(times);
}

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; value: T }> {
  const began = performance.now();
  const value = await work();
  return { seconds: Math.round(performance.now() - began) / 1_000, value };
}

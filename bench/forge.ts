import { runChecks } from "../lib/changes/checks/run-checks.ts";
import { ensureChange } from "../lib/changes/ensure-change.ts";
import { planChange } from "../lib/changes/plan-change.ts";
import { readChange } from "../lib/changes/read-change.ts";
import { uuidv7 } from "../lib/changes/uuid-v7.ts";
import { planIntent } from "../lib/db/intents.ts";
import { syncChangesOnce } from "../lib/engine/changes/sync-changes-once.ts";
import { countRequests, type Requests } from "./count-requests.ts";
import { person, startForgeBenchWorld, type ForgeBenchWorld } from "./forge-world.ts";

interface PullRequestCalls {
  files: number;
  /** Branch, commit, pull request. */
  open: number;
  openWrites: number;
  /** The pull request with its files and reviews, into the database. */
  read: number;
  /** Our four checks, computed and written. */
  check: number;
  /** The engine's next pass when nothing happened since. */
  idlePass: number;
  openSeconds: number;
  /** Which calls opened it, so that a change in number can be understood. */
  opening: string[];
}

export interface ForgeFigures {
  /** What GitHub's Git data API needs for any commit: a tree, a commit, a branch, a pull request. */
  leastToOpen: number;
  pullRequests: PullRequestCalls[];
}

const sizes = [1, 10, 100, 500];

/** How many requests to the forge one pull request costs, by the number of its files. */
export async function benchForge(): Promise<ForgeFigures> {
  const bench = await startForgeBenchWorld();
  try {
    await syncChangesOnce(bench.world, { force: true });
    // Tokens are minted and names looked up once per process, not once per pull request.
    await measure(bench, 1);
    const pullRequests: PullRequestCalls[] = [];
    for (const size of sizes) pullRequests.push(await measure(bench, size));
    return { leastToOpen: 4, pullRequests };
  } finally {
    await bench.close();
  }
}

async function measure(
  { world, asPerson, origin }: ForgeBenchWorld,
  size: number,
): Promise<PullRequestCalls> {
  const began = performance.now();
  const opened = await countRequests(origin, () => open(world, asPerson, size));
  const openSeconds = Math.round(performance.now() - began) / 1_000;
  const number = opened.value;
  const read = await countRequests(origin, () => readChange(world, number));
  const change = read.value;
  if (!change) throw new Error("the pull request is not there");
  const check = await countRequests(origin, () => runChecks(world, change));
  await syncChangesOnce(world);
  const idle = await countRequests(origin, () => syncChangesOnce(world));
  await world.asApp.updatePullRequest(number, { state: "closed" });
  await syncChangesOnce(world);
  return {
    files: size,
    open: opened.total,
    openWrites: opened.writes,
    read: read.total,
    check: check.total,
    idlePass: idle.total,
    openSeconds,
    opening: told(opened),
  };
}

const told = ({ calls }: Requests<unknown>): string[] =>
  [...calls].map(([call, count]) => `${String(count)} × ${call}`);

async function open(
  world: ForgeBenchWorld["world"],
  forge: ForgeBenchWorld["asPerson"],
  size: number,
): Promise<number> {
  const baseSha = await world.mirror.head();
  if (baseSha === null) throw new Error("the fleet repository is empty");
  const id = uuidv7(new Date());
  const files = Object.fromEntries(
    Array.from({ length: size }, (_, index) => [
      `docs/${id}/note-${String(index)}.md`,
      `Note ${String(index)}\n`,
    ]),
  );
  const plan = planChange({
    id,
    repositoryId: world.repository.id,
    idempotencyKey: id,
    kind: "other",
    cluster: "bench",
    actor: { login: person, userId: id },
    team: null,
    baseSha,
    files,
    what: `Adds ${String(size)} notes.`,
    why: null,
    undo: "Revert it.",
    meta: { template: null, parameters: [], cost: null, clusters: [] },
    input: {},
  });
  const intent = await planIntent(world.db, plan);
  const done = await ensureChange({ ...world, intent, forge });
  if (!done.ok) throw new Error(done.message);
  return done.value.number;
}

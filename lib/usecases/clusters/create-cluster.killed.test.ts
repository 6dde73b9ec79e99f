import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startChangeStack, tokenOf, type ChangeStack } from "../../changes/testing/change-stack.ts";
import { syncChangesOnce } from "../../engine/changes/sync-changes-once.ts";
import { createCluster } from "./create-cluster.ts";
import type { ChildOrder } from "./testing/create-cluster-child.ts";

let stack: ChangeStack;
const children: ChildProcess[] = [];

beforeAll(async () => {
  stack = await startChangeStack();
  await syncChangesOnce(stack.world, { force: true });
});

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await stack.close();
});

const request = (name: string) => ({
  template: "dev",
  idempotencyKey: randomUUID(),
  parameters: {
    ...{ name, team: "search", purpose: "Try the new index", environment: "development" },
    ...{ region: "westeurope", kubernetesVersion: "v1.34.5" },
  },
});

interface Asker {
  name: string;
  input: ReturnType<typeof request>;
  child: ChildProcess;
  /** Lines so far. */
  said: () => string[];
}

/** A process that will be killed after so many writes; it starts up while another one is looked at. */
function startAsker(writes: number): Asker {
  const name = `killed-${String(writes)}`;
  const input = request(name);
  const actor = stack.actor("pat");
  const order: ChildOrder = { address: stack.address, actor, token: tokenOf("pat"), input, writes };
  const script = fileURLToPath(new URL("testing/create-cluster-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(order)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return { name, input, child, said: () => text.split("\n").filter((line) => line !== "") };
}

/** Lets it go, kills it where it stands, and tells what it wrote before, and whether it came to its end. */
async function killed({ child, said }: Asker): Promise<{ wrote: string[]; ended: boolean }> {
  const tells = (line: string): Promise<void> =>
    vi.waitFor(() => expect(said().some((one) => one === line || one === "done")).toBe(true), {
      timeout: 60_000,
      interval: 10,
    });
  await tells("ready");
  child.stdin?.write("go\n");
  await tells("standing");
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
  const lines = said();
  const wrote = lines.filter((line) => line.startsWith("wrote ")).map((line) => line.slice(6));
  return { wrote, ended: lines.includes("done") };
}

const later = () => ({ ...stack.world, now: () => new Date(Date.now() + 120_000) });

/** Every branch, pull request, commit, intent and audit entry there is of a cluster. */
async function traces(name: string) {
  const { api, fullName } = stack.address;
  const answer = await fetch(`${api}/repos/${fullName}/git/matching-refs/heads/`, {
    headers: { authorization: `Bearer ${tokenOf("pat")}` },
  });
  const refs = (await answer.json()) as { ref: string }[];
  const pulls = [];
  for await (const page of stack.world.asApp.pullRequests()) pulls.push(...page);
  const mine = pulls.filter(({ title }) => title === `Create ${name}`);
  const number = mine[0]?.number ?? 0;
  const [commits, checks, intents, opened, rows] = await Promise.all([
    stack.world.asApp.commits(number),
    stack.world.asApp.checks(mine[0]?.headSha ?? ""),
    stack.db.intent.findMany({ where: { cluster: name } }),
    stack.db.auditEvent.count({ where: { change: number, action: "change.open" } }),
    stack.db.change.findMany({ where: { title: `Create ${name}` }, include: { checks: true, files: true } }),
  ]);
  return {
    branches: refs.filter(({ ref }) => ref.includes(`${name}-`) || ref.endsWith(name)).length,
    commits: commits.length,
    pulls: mine.map(({ state }) => state),
    checks: checks.length,
    intents: intents.map(({ state, changeNumber }) => [state, changeNumber === number]),
    opened,
    shown: rows.map((row) => [row.number === number, row.state, row.files.length, row.checks.length]),
  };
}

const whole = {
  ...{ branches: 1, commits: 1, pulls: ["open"], checks: 4, intents: [["opened", true]] },
  ...{ opened: 1, shown: [[true, "open", 3, 4]] },
};

it("ends with one branch, one commit and one pull request wherever the process is killed", async () => {
  const seen: string[] = [];
  let next = startAsker(0);
  for (let writes = 0; ; writes += 1) {
    const asker = next;
    next = startAsker(writes + 1);
    const { wrote, ended } = await killed(asker);
    seen.push(...wrote.slice(-1));
    const { name, input } = asker;
    // Either the engine comes first or the person.
    if (writes % 2 === 1) await syncChangesOnce(later());
    const again = await createCluster(stack.ctx("pat"), input);
    if (!again.ok) throw new Error(`after ${wrote.join(", ")}: ${again.message}`);
    await syncChangesOnce(later(), { look: new Set([again.value.number]) });
    expect(await traces(name), `killed after: ${wrote.join(", ")}`).toEqual(whole);
    await stack.world.asApp.updatePullRequest(again.value.number, { state: "closed" });
    if (ended) break;
  }
  // The checks are saved once more where the process waits for their end.
  expect(seen.slice(0, 14)).toEqual([
    "database INSERT Intent",
    // Ends what the same person asked before.
    "database UPDATE Intent",
    "forge POST git/trees",
    "forge POST git/commits",
    "forge POST git/refs",
    "forge POST pulls",
    "database UPDATE Intent",
    // The change as read back.
    "database COMMIT",
    "database INSERT AuditEvent",
    ...Array<string>(4).fill("forge POST check-runs"),
    // Their results.
    "database COMMIT",
  ]);
}, 300_000);

import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { startChangeStack, type ChangeStack } from "../../changes/testing/change-stack.ts";
import { findChangeRecord } from "../../db/changes.ts";
import { handleForgeWebhook } from "./handle-forge-webhook.ts";
import { syncChangesOnce } from "./sync-changes-once.ts";

let stack: ChangeStack;
/** Pull requests each delivery told of; null where it was a repetition. */
let told: (number | null)[] = [];

const plain = (headers: IncomingHttpHeaders): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));

const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { db, webhookSecret: secret } = stack;
    const heard: number[] = [];
    const look = (number?: number): void => {
      if (number !== undefined) heard.push(number);
    };
    const rawBody = Buffer.concat(chunks).toString();
    const world = { db, secret, appId: 4711, now: () => new Date(), look };
    void handleForgeWebhook(world, { headers: plain(request.headers), rawBody }).then((result) => {
      if (result.ok && result.value.again) told.push(null);
      told.push(...heard);
      response.writeHead(result.ok ? 202 : 401).end();
    });
  });
});

const control = async (method: string, path: string, body?: object): Promise<void> => {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${stack.forge.url}/_sandbox/${path}`, { method, ...init });
  if (!answer.ok) throw new Error(`${path}: ${String(answer.status)}`);
};

beforeAll(async () => {
  stack = await startChangeStack();
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/`;
  stack.forge.setWebhook({ url, secret: stack.webhookSecret });
  await syncChangesOnce(stack.world, { force: true });
});
afterEach(async () => {
  await control("DELETE", "faults");
  told = [];
});
afterAll(async () => {
  await stack.close();
  await new Promise((resolve) => receiver.close(resolve));
});

async function byHand(branch: string): Promise<number> {
  const forge = stack.ctx("pat").asPerson;
  const parent = await forge.findCommit((await forge.findBranch("main")) ?? "");
  if (!parent) throw new Error("no base");
  const commit = await forge.createCommit({ parent, files: { [`${branch}.md`]: "x\n" }, message: branch });
  await forge.createBranch(branch, commit.sha);
  return (await forge.createPullRequest({ title: branch, body: "", head: branch, base: "main" })).number;
}

const stored = (number: number) => findChangeRecord(stack.db, stack.world.repository.id, number);

it("finds by polling what a lost delivery would have told", async () => {
  await control("POST", "delivery-faults", { fault: "lose", times: 20 });
  const number = await byHand("lost");
  await stack.world.asApp.updatePullRequest(number, { title: "Lost too" });
  await syncChangesOnce(stack.world);
  expect(told).toEqual([]);
  expect(await stored(number)).toMatchObject({ title: "Lost too", state: "open" });
});

it("takes a doubled delivery once", async () => {
  await control("POST", "delivery-faults", { fault: "double", event: "pull_request", times: 1 });
  const number = await byHand("doubled");
  await vi.waitFor(() => expect(told).toContain(null), { timeout: 15_000 });
  expect(told.filter((one) => one === number)).toHaveLength(1);
});

it("shows the forge's present state after deliveries that come late and in reverse", async () => {
  await control("POST", "delivery-faults", { fault: "hold", event: "pull_request", times: 3 });
  const number = await byHand("reversed");
  await stack.world.asApp.updatePullRequest(number, { title: "Reversed" });
  await stack.world.asApp.updatePullRequest(number, { state: "closed" });
  await syncChangesOnce(stack.world);
  expect(await stored(number)).toMatchObject({ title: "Reversed", state: "closed" });
  await control("POST", "held-deliveries/release", { order: "reversed" });
  await vi.waitFor(() => expect(told.filter((one) => one === number)).toHaveLength(3), { timeout: 15_000 });
  await syncChangesOnce(stack.world, { look: new Set([number]) });
  expect(await stored(number)).toMatchObject({ title: "Reversed", state: "closed" });
  const closed = { where: { change: number, action: "change.close" } };
  expect(await stack.db.auditEvent.count(closed)).toBe(1);
});

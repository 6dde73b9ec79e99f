import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { refusal, startTestForge, target } from "../testing/test-forge.ts";
import type { TestForge } from "../testing/test-forge.ts";

describe("webhook deliveries on demand", () => {
  let test: TestForge;
  let hook: number;
  let arrived: { guid: string; state: string; version: string }[] = [];
  let made = 0;
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { context } = JSON.parse(Buffer.concat(chunks).toString()) as { context?: string };
      const header = (name: string) => String(request.headers[name]);
      if (context !== undefined) {
        const version = header("x-github-enterprise-version");
        arrived.push({ guid: header("x-github-delivery"), state: context, version });
      }
      response.writeHead(202).end();
    });
  });
  beforeAll(async () => {
    test = await startTestForge();
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/`;
    const config = { url, content_type: "json", secret: "s" };
    hook = (await test.as("oscar").repos.createWebhook({ ...target, events: ["status"], config })).data.id;
  });
  beforeEach(() => {
    arrived = [];
  });
  afterEach(() => test.control("DELETE", "faults"));
  afterAll(async () => {
    await test.stop();
    await new Promise((resolve) => receiver.close(resolve));
  });

  const happen = async () => {
    made += 1;
    const { data: ref } = await test.as("rita").git.getRef({ ...target, ref: "heads/main" });
    const context = `c${String(made)}`;
    const status = { ...target, sha: ref.object.sha, state: "success" as const, context };
    await test.as("rita").repos.createCommitStatus(status);
    return context;
  };
  const contexts = () => arrived.map(({ state }) => state);
  const deliveries = async () => {
    const { data } = await test.as("oscar").repos.listWebhookDeliveries({ ...target, hook_id: hook });
    return data.filter(({ event }) => event === "status");
  };

  it("loses one, and sends it again only when asked, under the same GUID", async () => {
    await test.control("POST", "delivery-faults", { fault: "lose", event: "status" });
    await happen();
    const second = await happen();
    await vi.waitFor(() => expect(contexts()).toEqual([second]));
    const lost = (await deliveries()).find(({ status }) => status !== "OK");
    const attempt = { ...target, hook_id: hook, delivery_id: lost?.id ?? 0 };
    await test.as("oscar").repos.redeliverWebhookDelivery(attempt);
    await vi.waitFor(() => expect(arrived).toHaveLength(2));
    expect(arrived[1]?.guid).toBe(lost?.guid);
    await vi.waitFor(async () =>
      expect((await deliveries())[0]).toMatchObject({ redelivery: true, guid: lost?.guid, status_code: 202 }),
    );
    const { data: full } = await test.as("oscar").repos.getWebhookDelivery(attempt);
    expect(full.request.payload).toMatchObject({ state: "success" });
    const none = { ...target, hook_id: hook, delivery_id: 1 };
    expect(await refusal(test.as("oscar").repos.redeliverWebhookDelivery(none))).toMatchObject({
      status: 404,
    });
  });

  it("sends one twice, under one GUID, naming the server's version", async () => {
    await test.control("POST", "delivery-faults", { fault: "double" });
    await happen();
    await vi.waitFor(() => expect(arrived).toHaveLength(2));
    expect(arrived[0]).toEqual(arrived[1]);
    expect(arrived[0]?.version).toMatch(/^3\./);
  });

  it("holds some back and lets them go out of order", async () => {
    await test.control("POST", "delivery-faults", { fault: "hold", times: 2 });
    const [first, second] = [await happen(), await happen()];
    const third = await happen();
    await vi.waitFor(() => expect(contexts()).toEqual([third]));
    await test.control("POST", "held-deliveries/release", { order: "reversed" });
    await vi.waitFor(() => expect(contexts()).toEqual([third, second, first]));
  });

  it("sends one late, after those that came later", async () => {
    await test.control("POST", "delivery-faults", { fault: "late", delayMs: 1500 });
    const [first, second] = [await happen(), await happen()];
    await vi.waitFor(() => expect(contexts()).toEqual([second, first]), { timeout: 10_000 });
  });

  it("refuses a fault it does not know", async () => {
    await expect(test.control("POST", "delivery-faults", { fault: "eat" })).rejects.toThrow(
      "fault is one of",
    );
  });
});

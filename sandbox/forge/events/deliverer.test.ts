import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhooks } from "@octokit/webhooks";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openChange, startTestForge, target } from "../testing/test-forge.ts";
import type { TestForge } from "../testing/test-forge.ts";

interface Received {
  event: string;
  signature: string;
  text: string;
  headers: Record<string, unknown>;
}

describe("webhooks", () => {
  let test: TestForge;
  const received: Received[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({
        event: String(request.headers["x-github-event"]),
        signature: String(request.headers["x-hub-signature-256"]),
        text: Buffer.concat(chunks).toString(),
        headers: request.headers,
      });
      response.writeHead(request.url === "/broken" ? 500 : 202).end();
    });
  });
  beforeAll(async () => {
    test = await startTestForge();
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    test.forge.setWebhook({ url: address("/hook"), secret: "hush" });
  });
  afterAll(async () => {
    await test.stop();
    await new Promise((resolve) => receiver.close(resolve));
  });

  const address = (path: string) =>
    `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}${path}`;
  const events = () =>
    received.map(({ event, text }) => {
      const { action } = JSON.parse(text) as { action?: string };
      return action === undefined ? event : `${event}.${action}`;
    });

  it("tells of a change's whole life, in order, signed over the very bytes", async () => {
    const number = await openChange(test.as("rita"), "life", { "life.yaml": "ünïcode: 1\n" });
    await test.as("rita").pulls.update({ ...target, pull_number: number, title: "Life → now" });
    await test.as("anna").pulls.createReview({ ...target, pull_number: number, event: "APPROVE" });
    await test.as("anna").pulls.merge({ ...target, pull_number: number });
    await vi.waitFor(() => {
      expect(events()).toEqual([
        "push",
        "pull_request.opened",
        "pull_request.edited",
        "pull_request_review.submitted",
        "pull_request.closed",
        "push",
      ]);
    });
    for (const { text, signature, headers } of received) {
      expect(await new Webhooks({ secret: "hush" }).verify(text, signature)).toBe(true);
      expect(headers["x-github-hook-installation-target-type"]).toBe("integration");
    }
    const closed = JSON.parse(received[4]?.text ?? "{}") as Record<string, unknown>;
    expect(closed).toMatchObject({
      pull_request: { merged: true, merged_by: { login: "anna" } },
      installation: { id: 8822 },
      sender: { login: "anna" },
    });
    const review = JSON.parse(received[3]?.text ?? "{}") as Record<string, unknown>;
    expect(review).toMatchObject({ review: { state: "approved" } });
  });

  it("delivers once and remembers a failure, without holding anything up", async () => {
    const { data: hook } = await test.as("oscar").repos.createWebhook({
      ...target,
      events: ["pull_request"],
      config: { url: address("/broken"), content_type: "json", secret: "s" },
    });
    await openChange(test.as("rita"), "unheard", { "u.yaml": "u: 1\n" });
    await vi.waitFor(async () => {
      const { data } = await test.as("oscar").repos.listWebhookDeliveries({ ...target, hook_id: hook.id });
      expect(data.map((one) => [one.event, one.status_code])).toEqual([
        ["pull_request", 500],
        ["ping", 500],
      ]);
    });
  });
});

import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { configMap, isApplied, startFluxHarness } from "../flux-kustomize/flux-harness.ts";
import type { FluxHarness } from "../flux-kustomize/flux-harness.ts";
import { fluxKinds } from "../flux/flux-kinds.ts";
import { kinds } from "../runtime/kind.ts";

let flux: FluxHarness;

beforeAll(async () => {
  flux = await startFluxHarness();
  await flux.git.commit("first", { "one/a.yaml": configMap("a", { x: "1" }) });
  await flux.repository("fleet");
  await flux.kustomization("one", { path: "one" });
});

afterAll(async () => {
  await flux.close();
});

it("turns a signed push into a reconcile of the listed sources, and refuses the rest", async () => {
  const namespace = "flux-system";
  await flux.client.create(kinds.secret, {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "receiver-token", namespace },
    data: { token: Buffer.from("s3cret").toString("base64") },
  });
  await flux.client.create(fluxKinds.receiver, {
    apiVersion: "notification.toolkit.fluxcd.io/v1",
    kind: "Receiver",
    metadata: { name: "fleet", namespace },
    spec: {
      type: "github",
      events: ["ping", "push"],
      secretRef: { name: "receiver-token" },
      resources: [{ kind: "GitRepository", name: "fleet" }],
    },
  });
  const path = await vi.waitFor(async () => {
    const receiver = await flux.client.get(fluxKinds.receiver, "fleet", namespace);
    const { webhookPath } = (receiver.status ?? {}) as { webhookPath?: string };
    expect(webhookPath).toMatch(/^\/hook\/[0-9a-f]{64}$/);
    return webhookPath ?? "";
  }, 5_000);
  const body = JSON.stringify({ ref: "refs/heads/main" });
  const post = async (to: string, event: string, key: string): Promise<number> => {
    const signature = `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;
    const headers = { "x-github-event": event, "x-hub-signature-256": signature };
    return (await fetch(flux.source.url + to, { method: "POST", headers, body })).status;
  };
  expect(await post("/hook/nowhere", "push", "s3cret")).toBe(404);
  expect(await post(path, "push", "wrong")).toBe(400);
  expect(await post(path, "issues", "s3cret")).toBe(400);
  const sha = await flux.git.commit("second", { "one/a.yaml": configMap("a", { x: "2" }) });
  expect(await post(path, "push", "s3cret")).toBe(200);
  await flux.until("one", isApplied(`main@sha1:${sha}`));
});

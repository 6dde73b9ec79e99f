import { afterAll, beforeAll, expect, it } from "vitest";
import { configMap, isApplied, startFluxHarness } from "./flux-harness.ts";
import type { FluxHarness } from "./flux-harness.ts";

let flux: FluxHarness;

beforeAll(async () => {
  flux = await startFluxHarness({ cancelsHealthChecks: true });
  await flux.git.commit("first", { "one/a.yaml": configMap("a", { x: "1" }) });
  await flux.repository("fleet");
});

afterAll(async () => {
  await flux.close();
});

it("stops waiting for the health of what a new commit replaces, where that is switched on", async () => {
  const never = { apiVersion: "v1", kind: "ConfigMap", name: "b", namespace: "default" };
  await flux.kustomization("one", { path: "one", timeout: "10m", healthChecks: [never] });
  await flux.until(
    "one",
    ({ reconciling }) => reconciling?.message.startsWith("Running health checks") === true,
  );
  const revision = await flux.push("fix", { "one/b.yaml": configMap("b", {}) });
  const { status } = await flux.until("one", isApplied(revision));
  expect(status.history?.map((each) => each.lastReconciledStatus)).toEqual([
    "ReconciliationSucceeded",
    "HealthCheckCanceled",
  ]);
});

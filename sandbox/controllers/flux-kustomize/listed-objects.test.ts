import { afterAll, beforeAll, expect, it } from "vitest";
import { fluxKinds } from "../flux/flux-kinds.ts";
import { kinds } from "../runtime/kind.ts";
import { configMap, isApplied, startFluxHarness } from "./flux-harness.ts";
import type { FluxHarness } from "./flux-harness.ts";

let flux: FluxHarness;

beforeAll(async () => {
  flux = await startFluxHarness();
});

afterAll(async () => {
  await flux.close();
});

it("restores what was edited or deleted among many objects of a kind, and touches no other", async () => {
  const names = Array.from({ length: 12 }, (_, i) => `many-${String(i)}`);
  const files = Object.fromEntries(names.map((name) => [`many/${name}.yaml`, configMap(name, { x: "1" })]));
  const sha = await flux.git.commit("many", files);
  await flux.repository("fleet");
  await flux.kustomization("many", { path: "many" });
  await flux.until("many", isApplied(`main@sha1:${sha}`));
  const before = await flux.client.get(kinds.configMap, "many-3", "default");
  await flux.client.patch(kinds.configMap, "many-1", "default", { data: { x: "edited" } });
  await flux.client.delete(kinds.configMap, "many-2", "default");
  await flux.request(fluxKinds.kustomization, "many");
  await flux.until("many", ({ status }) => status.lastHandledReconcileAt !== undefined);
  const after = await Promise.all(names.map((name) => flux.client.get(kinds.configMap, name, "default")));
  expect(after.map(({ data }) => data)).toEqual(names.map(() => ({ x: "1" })));
  expect(after[3]?.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
});

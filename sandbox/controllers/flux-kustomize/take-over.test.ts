import { afterAll, beforeAll, expect, it } from "vitest";
import { fluxKinds } from "../flux/flux-kinds.ts";
import { kinds } from "../runtime/kind.ts";
import { KubeClient } from "../runtime/kube-client.ts";
import { configMap, isApplied, startFluxHarness } from "./flux-harness.ts";
import type { FluxHarness } from "./flux-harness.ts";

let flux: FluxHarness;

beforeAll(async () => {
  flux = await startFluxHarness();
  await flux.git.commit("first", { "one/a.yaml": configMap("a", { x: "1" }) });
  await flux.repository("fleet");
});

afterAll(async () => {
  await flux.close();
});

async function patchAs(fieldManager: string, patch: object): Promise<void> {
  const client = new KubeClient(flux.connection, { fieldManager });
  await client.patch(kinds.configMap, "a", "default", patch);
  await client.close();
}

it("restores its fields, strips kubectl's and leaves other managers' alone", async () => {
  await flux.kustomization("one", { path: "one" });
  await flux.until("one", ({ ready }) => ready?.status === "True");
  await patchAs("kubectl-patch", { metadata: { annotations: { paused: "true" } }, data: { x: "edited" } });
  await patchAs("portal", { metadata: { annotations: { theirs: "kept" } } });
  await flux.request(fluxKinds.kustomization, "one");
  await flux.until(
    "one",
    ({ status, ready }) => status.lastHandledReconcileAt !== undefined && ready?.status === "True",
  );
  const { data, metadata } = await flux.client.get(kinds.configMap, "a", "default");
  expect(data).toEqual({ x: "1" });
  expect(metadata.annotations).toEqual({ theirs: "kept" });
});

it("writes nothing to an object that is as Git says", async () => {
  const before = await flux.client.get(kinds.configMap, "a", "default");
  const revision = await flux.push("elsewhere", { "other.yaml": configMap("other", {}) });
  await flux.until("one", isApplied(revision));
  const after = await flux.client.get(kinds.configMap, "a", "default");
  expect(after.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
});

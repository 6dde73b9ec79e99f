import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { fluxKinds } from "../flux/flux-kinds.ts";
import { kinds } from "../runtime/kind.ts";
import { configMap, isApplied, startFluxHarness } from "./flux-harness.ts";
import type { FluxHarness, KustomizationState } from "./flux-harness.ts";

let flux: FluxHarness;
let name = "";
let kustomizations = 0;

beforeAll(async () => {
  flux = await startFluxHarness();
  await flux.git.commit("first", { "README.md": "" });
  await flux.repository("fleet");
});

afterAll(async () => {
  await flux.close();
});

beforeEach(() => {
  name = `quick-${String(++kustomizations)}`;
});

async function applied(spec: object = {}, data: Record<string, string> = { x: "1" }): Promise<void> {
  const revision = await flux.push("add", { [`${name}/a.yaml`]: configMap(name, data) });
  await flux.kustomization(name, { path: name, ...spec });
  await flux.until(name, isApplied(revision));
}

async function elsewhere(): Promise<KustomizationState> {
  const revision = await flux.push("elsewhere", { "other.yaml": configMap(name, {}) });
  return flux.until(name, isApplied(revision));
}

async function edit(x: string): Promise<void> {
  await flux.client.patch(kinds.configMap, name, "default", { data: { x } });
}

async function valueOfX(): Promise<unknown> {
  return (await flux.client.get(kinds.configMap, name, "default")).data;
}

it("takes over a revision that brings nothing new, leaving drift to the next request or interval", async () => {
  await applied();
  await edit("edited");
  const { status } = await elsewhere();
  expect(await valueOfX()).toEqual({ x: "edited" });
  expect(status.conditions?.map((each) => each.type)).toEqual(["Ready"]);
  expect(status.history).toMatchObject([{ totalReconciliations: 2 }]);
  expect(status.inventory?.entries).toHaveLength(1);
  await flux.request(fluxKinds.kustomization, name);
  await flux.until(name, (state) => state.status.history?.[0]?.totalReconciliations === 3);
  expect(await valueOfX()).toEqual({ x: "1" });
});

it("applies again when a commit touches what it reads, or the object it is itself", async () => {
  await applied();
  await edit("edited");
  const files = { [`${name}/b.yaml`]: configMap(`${name}-b`, {}) };
  await flux.until(name, isApplied(await flux.push("touch", files)));
  expect(await valueOfX()).toEqual({ x: "1" });
  await edit("edited");
  await flux.client.patch(fluxKinds.kustomization, name, "flux-system", { spec: { interval: "2h" } });
  await flux.until(name, ({ status, object }) => status.observedGeneration === object.metadata.generation);
  expect(await valueOfX()).toEqual({ x: "1" });
});

it("reconciles in whole when something it waits for is not healthy any more", async () => {
  const check = { apiVersion: "v1", kind: "ConfigMap", current: "data.x == '1'" };
  await applied({ wait: true, healthCheckExprs: [check] });
  await edit("edited");
  const { status } = await elsewhere();
  expect(await valueOfX()).toEqual({ x: "1" });
  expect(status.conditions?.map((each) => each.type).sort()).toEqual(["Healthy", "Ready"]);
});

it("sees a variable that changed without a commit", async () => {
  const metadata = { name: `${name}-vars`, namespace: "flux-system" };
  const vars = { apiVersion: "v1", kind: "ConfigMap", metadata, data: { X: "1" } };
  await flux.client.create(kinds.configMap, vars);
  const substituteFrom = [{ kind: "ConfigMap", name: metadata.name }];
  await applied({ postBuild: { substituteFrom } }, { x: "v${X}" });
  await flux.client.patch(kinds.configMap, metadata.name, "flux-system", { data: { X: "2" } });
  await elsewhere();
  expect(await valueOfX()).toEqual({ x: "v2" });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fluxKinds } from "../flux/flux-kinds.ts";
import { isNotFound } from "../runtime/api-error.ts";
import { kinds } from "../runtime/kind.ts";
import type { Unstructured } from "../runtime/objects.ts";
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

const find = (name: string): Promise<Unstructured | undefined> =>
  flux.client.find(kinds.configMap, name, "default");

describe("a Kustomization", () => {
  it("applies its path and follows new commits", async () => {
    await flux.kustomization("one", { path: "./one" });
    // The inventory comes in a write of its own, after the condition.
    const first = await flux.until("one", (state) => state.status.inventory !== undefined);
    expect(first.ready?.status).toBe("True");
    expect((await find("a"))?.data).toEqual({ x: "1" });
    expect(first.status.inventory?.entries).toEqual([{ id: "default_a__ConfigMap", v: "v1" }]);
    const revision = await flux.push("second", { "one/a.yaml": configMap("a", { x: "2" }) });
    const second = await flux.until("one", isApplied(revision));
    expect((await find("a"))?.data).toEqual({ x: "2" });
    expect(second.status.history).toHaveLength(2);
    const third = await flux.push("elsewhere", { "other.yaml": configMap("other", {}) });
    const same = await flux.until("one", isApplied(third));
    expect(same.status.history?.[0]?.totalReconciliations).toBe(2);
  });

  it("prunes what left Git, but not what says otherwise in the cluster, also when a file is emptied", async () => {
    const kept = configMap("kept", {}, { "kustomize.toolkit.fluxcd.io/prune": "disabled" });
    const first = await flux.push("two", { "two/a.yaml": configMap("gone", {}), "two/b.yaml": kept });
    await flux.kustomization("two", { path: "two" });
    await flux.until("two", isApplied(first));
    const second = await flux.push("empty", { "two/a.yaml": "", "two/b.yaml": "" });
    const { status } = await flux.until("two", isApplied(second));
    expect(status.inventory?.entries).toEqual([]);
    expect(status.history?.[0]?.digest).toMatch(/^sha256:e3b0c44298fc/);
    expect(await find("gone")).toBeUndefined();
    expect(await find("kept")).toBeDefined();
  });

  it("says that its path is missing and keeps what it applied", async () => {
    const first = await flux.push("three", { "three/a.yaml": configMap("three", {}) });
    await flux.kustomization("three", { path: "three", retryInterval: "1s" });
    await flux.until("three", isApplied(first));
    const second = await flux.push("remove", { "three/a.yaml": null });
    const { ready, reconciling, status } = await flux.until(
      "three",
      (state) => state.ready?.status === "False",
    );
    expect(ready?.reason).toBe("ArtifactFailed");
    expect(ready?.message).toMatch(
      /^kustomization path not found: stat \/tmp\/kustomization-\d+\/three: no such file/,
    );
    expect(reconciling?.reason).toBe("ProgressingWithRetry");
    expect(status.lastAppliedRevision).toBe(first);
    expect(second).not.toBe(first);
    expect(await find("three")).toBeDefined();
  });

  it("waits for its dependencies", async () => {
    const revision = await flux.push("deps", {
      "base/a.yaml": configMap("base", {}),
      "top/a.yaml": configMap("top", {}),
    });
    await flux.kustomization("top", { path: "top", dependsOn: [{ name: "base" }] });
    const { ready } = await flux.until("top", (state) => state.ready !== undefined);
    expect(ready).toMatchObject({ status: "False", reason: "DependencyNotReady" });
    expect(await find("top")).toBeUndefined();
    await flux.kustomization("base", { path: "base" });
    await flux.until("top", isApplied(revision));
    expect(await find("top")).toBeDefined();
  });

  it("does nothing while suspended, but says it handled the request", async () => {
    const revision = await flux.push("four", { "four/a.yaml": configMap("four", { x: "1" }) });
    await flux.kustomization("four", { path: "four", suspend: true });
    await flux.request(fluxKinds.kustomization, "four");
    await flux.until("four", ({ status }) => status.lastHandledReconcileAt !== undefined);
    expect(await find("four")).toBeUndefined();
    await flux.client.patch(fluxKinds.kustomization, "four", "flux-system", { spec: { suspend: false } });
    await flux.until("four", isApplied(revision));
    expect(await find("four")).toBeDefined();
  });

  it("deletes what it applied when it is deleted, unless its policy is Orphan", async () => {
    const revision = await flux.push("five", {
      "five/a.yaml": configMap("five", {}),
      "six/a.yaml": configMap("six", {}),
    });
    await flux.kustomization("five", { path: "five" });
    await flux.kustomization("six", { path: "six", deletionPolicy: "Orphan" });
    for (const name of ["five", "six"]) {
      await flux.until(name, isApplied(revision));
      await flux.client.delete(fluxKinds.kustomization, name, "flux-system");
      await expect(flux.until(name, () => false)).rejects.toSatisfy(isNotFound);
    }
    expect(await find("five")).toBeUndefined();
    expect(await find("six")).toBeDefined();
  });
});

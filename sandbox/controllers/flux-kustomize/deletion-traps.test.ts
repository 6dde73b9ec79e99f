import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fluxKinds } from "../flux/flux-kinds.ts";
import { isNotFound } from "../runtime/api-error.ts";
import { kinds } from "../runtime/kind.ts";
import { KubeClient } from "../runtime/kube-client.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { configMap, isApplied, startFluxHarness } from "./flux-harness.ts";
import type { FluxHarness } from "./flux-harness.ts";

const keep = { "kustomize.toolkit.fluxcd.io/prune": "disabled" };
let flux: FluxHarness;

beforeAll(async () => {
  flux = await startFluxHarness();
  await flux.git.commit("first", { "one/a.yaml": configMap("a", {}) });
  await flux.repository("fleet");
});

afterAll(async () => {
  await flux.close();
});

const find = (name: string): Promise<Unstructured | undefined> =>
  flux.client.find(kinds.configMap, name, "default");
const gone = (name: string) => expect(flux.until(name, () => false)).rejects.toSatisfy(isNotFound);

/** A Kustomization in Git, as a stage holds those of its clusters. */
function kustomizationFile(name: string, spec: Record<string, unknown> = {}): string {
  const sourceRef = { kind: "GitRepository", name: "fleet" };
  return JSON.stringify({
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: "flux-system" },
    spec: { interval: "1h", prune: true, sourceRef, path: name, ...spec },
  });
}

/** Commits files and waits until Kustomizations have taken them over. */
async function settle(files: Record<string, string | null>, ...names: string[]): Promise<void> {
  const revision = await flux.push("settle", files);
  for (const name of names) await flux.until(name, isApplied(revision));
}

describe("what is removed from Git, as tried on real controllers", () => {
  it("goes when one of two files is emptied, Ready all the while, and stays where it is annotated", async () => {
    const pool = "pool/pool.yaml";
    const revision = await flux.push("pool", {
      "pool/cluster.yaml": configMap("pool-cluster", {}, keep),
      [pool]: configMap("pool-machines", {}),
    });
    await flux.kustomization("pool", { path: "pool" });
    await flux.until("pool", isApplied(revision));
    await settle({ [pool]: "" }, "pool");
    expect(await find("pool-machines")).toBeUndefined();
    await settle({ "pool/cluster.yaml": "" }, "pool");
    const { ready, status } = await flux.until("pool", () => true);
    expect(ready?.status).toBe("True");
    expect(status.inventory?.entries).toEqual([]);
    expect(await find("pool-cluster")).toBeDefined();
  });

  it("survives to be armed and removed in one push: the live object still carries the annotation", async () => {
    const revision = await flux.push("armed", { "once/a.yaml": configMap("once", {}, keep) });
    await flux.kustomization("once", { path: "once" });
    await flux.until("once", isApplied(revision));
    await flux.git.commit("arm", { "once/a.yaml": configMap("once", {}) });
    await settle({ "once/a.yaml": "" }, "once");
    expect(await find("once")).toBeDefined();
  });

  it("goes by two pushes: armed, then removed", async () => {
    const revision = await flux.push("twice", { "twice/a.yaml": configMap("twice", {}, keep) });
    await flux.kustomization("twice", { path: "twice" });
    await flux.until("twice", isApplied(revision));
    await settle({ "twice/a.yaml": configMap("twice", {}) }, "twice");
    expect((await find("twice"))?.metadata.annotations ?? {}).toEqual({});
    await settle({ "twice/a.yaml": "" }, "twice");
    expect(await find("twice")).toBeUndefined();
  });

  it("loses what a child Kustomization applied but did not annotate, when the child leaves its stage", async () => {
    await flux.push("stage", {
      "stage/kustomization.yaml": "resources: [bare.yaml, orphaned.yaml]\n",
      "stage/bare.yaml": kustomizationFile("bare"),
      "stage/orphaned.yaml": kustomizationFile("orphaned", { deletionPolicy: "Orphan" }),
      "bare/a.yaml": configMap("bare-kept", {}, keep),
      "bare/b.yaml": configMap("bare-lost", {}),
      "orphaned/a.yaml": configMap("orphan", {}),
    });
    await flux.kustomization("stage", { path: "stage" });
    await flux.until("stage", ({ ready }) => ready?.status === "True");
    for (const name of ["bare", "orphaned"]) await flux.until(name, ({ ready }) => ready?.status === "True");
    await settle(
      { "stage/kustomization.yaml": "resources: []\n", "stage/bare.yaml": null, "stage/orphaned.yaml": null },
      "stage",
    );
    await gone("bare");
    await gone("orphaned");
    expect(await find("bare-lost")).toBeUndefined();
    expect(await find("bare-kept")).toBeDefined();
    expect(await find("orphan")).toBeDefined();
  });

  it("stays when a suspended Kustomization is deleted", async () => {
    const revision = await flux.push("asleep", { "asleep/a.yaml": configMap("asleep", {}) });
    await flux.kustomization("asleep", { path: "asleep" });
    await flux.until("asleep", isApplied(revision));
    await flux.client.patch(fluxKinds.kustomization, "asleep", "flux-system", { spec: { suspend: true } });
    await flux.client.delete(fluxKinds.kustomization, "asleep", "flux-system");
    await gone("asleep");
    expect(await find("asleep")).toBeDefined();
  });
});

describe("traps for people", () => {
  it("lets a Kustomization hang in its finalizer while its kubeconfig is gone, until it is told to orphan", async () => {
    const data = { value: Buffer.from(await flux.workload("far")).toString("base64") };
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "far", namespace: "flux-system" } };
    await flux.client.create(kinds.secret, { ...secret, data });
    const revision = await flux.push("far", { "far/a.yaml": configMap("far", {}) });
    const kubeConfig = { secretRef: { name: "far" } };
    await flux.kustomization("far", { path: "far", kubeConfig, retryInterval: "1s" });
    await flux.until("far", isApplied(revision));
    await flux.client.delete(kinds.secret, "far", "flux-system");
    await flux.client.delete(fluxKinds.kustomization, "far", "flux-system");
    const { object, ready } = await flux.until(
      "far",
      (state) => state.object.metadata.deletionTimestamp !== undefined,
    );
    expect(object.metadata.finalizers).toEqual(["finalizers.fluxcd.io"]);
    // Nobody is told: the last good condition stays.
    expect(ready?.status).toBe("True");
    const spec = { deletionPolicy: "Orphan" };
    await flux.client.patch(fluxKinds.kustomization, "far", "flux-system", { spec });
    await gone("far");
  });

  it("strips an emergency annotation that kubectl left, and keeps one of another manager", async () => {
    const revision = await flux.push("urgent", { "urgent/a.yaml": configMap("urgent", {}) });
    await flux.kustomization("urgent", { path: "urgent" });
    await flux.until("urgent", isApplied(revision));
    const annotate = async (fieldManager: string, annotations: object): Promise<void> => {
      const client = new KubeClient(flux.connection, { fieldManager });
      await client.patch(kinds.configMap, "urgent", "default", { metadata: { annotations } });
      await client.close();
    };
    await annotate("kubectl-annotate", keep);
    await annotate("fleetwright", { mine: "kept" });
    await settle({ "urgent/a.yaml": configMap("urgent", { x: "2" }) }, "urgent");
    expect((await find("urgent"))?.metadata.annotations).toEqual({ mine: "kept" });
  });

  it("makes anew what was deleted by hand, at the next reconcile", async () => {
    const before = await find("a").then(async (found) => {
      if (found !== undefined) return found;
      await flux.kustomization("one", { path: "one" });
      await flux.until("one", ({ ready }) => ready?.status === "True");
      return find("a");
    });
    await flux.client.delete(kinds.configMap, "a", "default");
    await settle({ "one/a.yaml": configMap("a", { x: "3" }) }, "one");
    expect((await find("a"))?.metadata.uid).not.toBe(before?.metadata.uid);
  });

  it("deletes and makes anew an annotated object whose immutable field changed, where force is on", async () => {
    const immutable = (x: string, more: object = {}): string =>
      JSON.stringify({ ...(JSON.parse(configMap("hard", { x }, keep)) as object), immutable: true, ...more });
    const revision = await flux.push("hard", { "hard/a.yaml": immutable("1") });
    await flux.kustomization("hard", { path: "hard", retryInterval: "1s" });
    await flux.until("hard", isApplied(revision));
    const before = await find("hard");
    const next = await flux.push("change", { "hard/a.yaml": immutable("2") });
    const { ready } = await flux.until("hard", (state) => state.ready?.status === "False");
    expect(ready?.message).toMatch(/immutable/);
    await flux.client.patch(fluxKinds.kustomization, "hard", "flux-system", { spec: { force: true } });
    await flux.until("hard", isApplied(next));
    const after = await find("hard");
    expect(after?.data).toEqual({ x: "2" });
    expect(after?.metadata.uid).not.toBe(before?.metadata.uid);
  });
});

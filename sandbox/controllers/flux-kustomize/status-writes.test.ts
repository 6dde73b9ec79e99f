import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { fluxKinds } from "../flux/flux-kinds.ts";
import type { Condition } from "../runtime/conditions.ts";
import type { Kind } from "../runtime/kind.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { configMap, isApplied, startFluxHarness } from "./flux-harness.ts";
import type { FluxHarness } from "./flux-harness.ts";

interface Step {
  conditions: string[];
  fields: string[];
}

let flux: FluxHarness;
const stop = new AbortController();

beforeAll(async () => {
  flux = await startFluxHarness();
  await flux.git.commit("first", { "one/a.yaml": configMap("a", { x: "1" }) });
});

afterAll(async () => {
  stop.abort();
  await flux.close();
});

function recording(name: string): Step[] {
  const file = new URL(`../recordings/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { steps: Step[] }).steps;
}

function normal(text: string): string {
  return text
    .replace(/[0-9a-f]{40}/g, "<sha>")
    .replace(/with a timeout of [0-9.hms]+/, "with a timeout of <duration>")
    .replace(/passed in [0-9.µnmhs]+/, "passed in <duration>");
}

function stepOf({ status }: Unstructured): Step {
  const { conditions = [], ...fields } = (status ?? {}) as { conditions?: Condition[] };
  const quiet = ["lastHandledReconcileAt", "observedIgnore"];
  return {
    conditions: conditions.map((each) =>
      normal(`${each.type}=${each.status}/${each.reason} ${each.message}`),
    ),
    fields: Object.keys(fields)
      .filter((name) => !quiet.includes(name))
      .sort(),
  };
}

/** Collects the distinct states of one object from now on. */
async function record(kind: Kind, name: string): Promise<Step[]> {
  const steps: Step[] = [];
  const { resourceVersion } = await flux.client.list(kind);
  const options = { namespace: "flux-system", resourceVersion };
  void flux.client.watch(
    kind,
    options,
    ({ type, object }) => {
      if (type === "BOOKMARK" || object.metadata.name !== name) return;
      const step = stepOf(object);
      if (JSON.stringify(step) !== JSON.stringify(steps.at(-1))) steps.push(step);
    },
    stop.signal,
  );
  return steps;
}

async function eventsOf(name: string): Promise<string[]> {
  const { items } = await flux.client.list({
    group: "",
    version: "v1",
    kind: "Event",
    plural: "events",
    namespaced: true,
  });
  return items
    .filter((event) => (event.involvedObject as { name: string }).name === name)
    .map((event) => `${String(event.type)} ${String(event.reason)} ${String(event.message)}`);
}

it("writes a new GitRepository's and Kustomization's status in the recorded order and words", async () => {
  const sources = await record(fluxKinds.gitRepository, "fleet");
  const kustomizations = await record(fluxKinds.kustomization, "one");
  await flux.repository("fleet");
  await vi.waitFor(() => expect(sources).toEqual(recording("git-repository-first")), 10_000);
  await flux.kustomization("one", { path: "one", interval: "10m" });
  await flux.until("one", ({ ready }) => ready?.status === "True");
  await vi.waitFor(() => expect(kustomizations).toEqual(recording("kustomization-first")), 5_000);
  await vi.waitFor(async () => {
    const events = await eventsOf("one");
    expect(events).toContain("Normal Progressing ConfigMap/default/a created");
    const finished =
      /^Normal ReconciliationSucceeded Reconciliation finished in [\d.]+m?s, next run in 10m0s$/;
    expect(events).toContainEqual(expect.stringMatching(finished));
  }, 5_000);
  expect(await eventsOf("fleet")).toEqual(["Normal NewArtifact stored artifact for commit 'first'"]);
});

it("writes the stages of a health check in the recorded order and words", async () => {
  const steps = await record(fluxKinds.kustomization, "two");
  const revision = await flux.push("second", { "two/a.yaml": configMap("two", {}) });
  await flux.until("one", isApplied(revision));
  await flux.kustomization("two", { path: "two", wait: true });
  await flux.until("two", isApplied(revision));
  const recorded = recording("kustomization-with-health");
  const conditions = (of: Step[]): string[][] =>
    of
      .map((step) => step.conditions)
      .filter((each, i, all) => JSON.stringify(each) !== JSON.stringify(all[i - 1]));
  await vi.waitFor(() => {
    const own = conditions(steps).filter((each) => each.length > 0);
    expect(own).toEqual(conditions(recorded));
  }, 5_000);
});

it("writes a source's new revision in the recorded order and words", async () => {
  const steps = await record(fluxKinds.gitRepository, "fleet");
  await flux.push("third", { "three/a.yaml": configMap("three", {}) });
  await vi.waitFor(() => expect(steps.slice(1)).toEqual(recording("git-repository-new-revision")), 5_000);
});

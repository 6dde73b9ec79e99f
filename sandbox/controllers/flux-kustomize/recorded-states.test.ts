import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fluxKinds } from "../flux/flux-kinds.ts";
import type { Condition } from "../runtime/conditions.ts";
import { kinds } from "../runtime/kind.ts";
import { configMap, isApplied, startFluxHarness } from "./flux-harness.ts";
import type { FluxHarness } from "./flux-harness.ts";

let flux: FluxHarness;
const stop = new AbortController();
/** The conditions each Kustomization went through, as they were written. */
const seen = new Map<string, string[][]>();

beforeAll(async () => {
  flux = await startFluxHarness({ remoteTimeoutMs: 2_000 });
  await flux.git.commit("first", { "one/a.yaml": configMap("a", { x: "1" }) });
  await flux.repository("fleet");
  const { resourceVersion } = await flux.client.list(fluxKinds.kustomization);
  void flux.client.watch(
    fluxKinds.kustomization,
    { namespace: "flux-system", resourceVersion },
    ({ type, object }) => {
      const { conditions } = (object.status ?? {}) as { conditions?: Condition[] };
      if (type === "BOOKMARK" || conditions === undefined) return;
      const state = conditions.map((each) =>
        normal(`${each.type}=${each.status}/${each.reason} ${each.message}`),
      );
      const states = seen.get(object.metadata.name) ?? [];
      seen.set(object.metadata.name, states);
      states.push(state);
    },
    stop.signal,
  );
});

afterAll(async () => {
  stop.abort();
  await flux.close();
});

/** Takes names, revisions, times and addresses out; the recording has them out already. */
function normal(text: string): string {
  return text
    .replace(/[0-9a-f]{40}/g, "<sha>")
    .replace(/with a timeout of [0-9.hms]+/, "with a timeout of <duration>")
    .replace(/(passed in|failed after) [0-9.µnmhs]+/, "$1 <duration>")
    .replace(/\/tmp\/kustomization-\d+\/[\w/-]+/, "<path>")
    .replace(/\[\w+\/[\w-]+\/[\w-]+ status: 'InProgress'\]/, "[<object>]")
    .replace(/127\.0\.0\.1:\d+/g, "<server>")
    .replace(/'[\w-]+\/[\w-]+-kubeconfig'/, "'<secret>'")
    .replace(/"[\w-]+-kubeconfig"/, '"<secret>"')
    .replace(/^(\S+ )\w+(\/[\w.-]+)+ dry-run/, "$1<object> dry-run")
    .trim();
}

const file = new URL("../recordings/kustomization-states.json", import.meta.url);
const recorded = (JSON.parse(readFileSync(file, "utf8")) as { states: Record<string, string[][]> }).states;

async function writeSecret(name: string, value: string): Promise<void> {
  const metadata = { name, namespace: "flux-system" };
  const secret = { apiVersion: "v1", kind: "Secret", metadata, stringData: { value } };
  await flux.client.apply(kinds.secret, secret);
}

const slow = JSON.stringify({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "slow", namespace: "default" },
  spec: {
    selector: { matchLabels: { app: "slow" } },
    template: {
      metadata: { labels: { app: "slow" } },
      spec: { containers: [{ name: "slow", image: "slow" }] },
    },
  },
});

/** Each list of conditions once, from the first that was recorded on: recordings begin where they matter. */
function distinct(name: string, first: string): string[][] {
  const all = seen.get(name) ?? [];
  const begin = all.findIndex((state) => state.join("\n") === first);
  const states = new Map(all.slice(begin).map((state) => [state.join("\n"), state]));
  return begin < 0 ? [] : [...states.values()];
}

/** Waits until a Kustomization has gone through just what was recorded. */
const passes = (name: string, recording: string) =>
  vi.waitFor(() => {
    const wanted = recorded[recording] ?? [];
    expect(distinct(name, wanted[0]?.join("\n") ?? "")).toEqual(wanted);
  }, 15_000);

/** Pushes, and waits until a Kustomization shows that the artifact is there. */
async function pushed(files: Record<string, string | null>): Promise<void> {
  const revision = await flux.push("next", files);
  await flux.until("two", isApplied(revision));
}

describe("a Kustomization goes through the states recorded of a real one, in their order", () => {
  it("at a new revision, when its directory is removed, and when its file comes back empty", async () => {
    await flux.kustomization("two", { path: "one", retryInterval: "300ms" });
    await flux.until("two", ({ ready }) => ready?.status === "True");
    seen.delete("two");
    const next = await flux.push("upgrade", { "one/a.yaml": configMap("a", { x: "2" }) });
    await flux.until("two", isApplied(next));
    await passes("two", "upgrade");
    seen.delete("two");
    await flux.push("remove", { "one/a.yaml": null });
    await flux.until("two", ({ ready }) => ready?.reason === "ArtifactFailed");
    const empty = await flux.push("empty", { "one/a.yaml": "" });
    await flux.until("two", isApplied(empty));
    await passes("two", "directory removed, then emptied");
  });

  it("when what it waits for does not become healthy in time", async () => {
    await pushed({ "slow/a.yaml": slow });
    await flux.kustomization("slow", { path: "slow", wait: true, timeout: "1s" });
    await passes("slow", "health timeout");
  });

  it("when its cluster has no kubeconfig, refuses connections, and answers", async () => {
    await pushed({ "remote/a.yaml": configMap("remote", {}) });
    const kubeConfig = { secretRef: { name: "west-kubeconfig" } };
    await flux.kustomization("remote", { path: "remote", retryInterval: "300ms", wait: true, kubeConfig });
    await flux.until("remote", ({ ready }) => ready?.status === "False" && ready.reason !== "ArtifactFailed");
    const context = { name: "x", context: { cluster: "x", user: "x" } };
    const clusters = [{ name: "x", cluster: { server: "https://127.0.0.1:1" } }];
    const dead = { clusters, contexts: [context], "current-context": "x", users: [] };
    await writeSecret("west-kubeconfig", JSON.stringify(dead));
    await flux.until("remote", ({ ready }) => ready?.message.includes("connection refused") === true);
    await writeSecret("west-kubeconfig", await flux.workload("west"));
    await flux.until("remote", ({ ready }) => ready?.status === "True");
    await passes("remote", "remote");
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readClusterFacts } from "../capi/read-cluster-facts.ts";
import { healthOf } from "./health.ts";
import type { HealthState } from "./health-state.ts";
import { lifecycleOf } from "./lifecycle.ts";
import { replayClusters } from "./fixtures/replay.ts";

/** States a recording of real controllers passes through, without repetitions; `waitMs` looks again later. */
function statesOf(recording: string, waitMs = 0): string[] {
  const states: string[] = [];
  let previous: HealthState | null = null;
  let wanted: number | null = null;
  let grewAt: string | null = null;
  const moments = [
    ...replayClusters(readFileSync(new URL(`./fixtures/${recording}.jsonl`, import.meta.url), "utf8")),
  ];
  const last = moments.at(-1);
  if (waitMs > 0 && last) moments.push({ ...last, at: new Date(last.at.getTime() + waitMs) });
  for (const { at: now, objects } of moments) {
    const cluster = [...objects.values()].find(({ kind }) => kind === "Cluster");
    if (!cluster) continue;
    const facts = readClusterFacts(cluster, {
      find: (kind, name) => objects.get(`${kind}/${cluster.metadata.namespace}/${name}`) ?? null,
      list: (kind) => [...objects.values()].filter((object) => object.kind === kind),
    });
    if (wanted !== null && facts.nodesDesired !== null && facts.nodesDesired > wanted)
      grewAt = now.toISOString();
    wanted = facts.nodesDesired;
    const lifecycle = lifecycleOf({ facts, inGit: true, grewAt, now });
    previous = healthOf({ facts, lifecycle, previous, now });
    const state = `${lifecycle.lifecycle} ${previous.health}`;
    if (states.at(-1) !== state) states.push(state);
  }
  return states;
}

describe("recordings of real controllers", () => {
  test("a creation only ever progresses", () => {
    const states = statesOf("direct-create", 600_000);
    expect(states[0]).toBe("Provisioning Progressing");
    expect(states.at(-1)).toBe("Ready Healthy");
    expect(states.filter((state) => /Degraded|Failed|Unreachable/.test(state))).toEqual([]);
  });

  test("a scale-up is Scaling until the nodes are ready, never Degraded", () => {
    expect(statesOf("direct-scale")).toEqual(["Ready Healthy", "Scaling Healthy", "Ready Healthy"]);
  });

  test("an upgrade of a topology is Upgrading throughout, then Ready", () => {
    // The last surplus machine goes after the topology has called itself reconciled.
    const scaled = ["Upgrading Progressing", "Scaling Healthy", "Ready Healthy"];
    expect(statesOf("topo-upgrade", 60_000)).toEqual(["Ready Healthy", ...scaled]);
  });

  test("a silent API server is Unreachable until it answers again", () => {
    expect(statesOf("api-unreachable")).toEqual(["Ready Healthy", "Ready Unreachable", "Ready Healthy"]);
  });

  test("a class that fails is Failed only after half a minute", () => {
    expect(statesOf("topology-reconcile-failed")).not.toContain("Ready Failed");
  });

  test("a deletion is Deleting to its end; a paused cluster being deleted is Deleting too", () => {
    expect(new Set(statesOf("direct-delete").slice(1))).toEqual(new Set(["Deleting Progressing"]));
    expect(statesOf("delete-paused")).toEqual(
      expect.arrayContaining(["Paused Degraded", "Deleting Progressing"]),
    );
  });
});

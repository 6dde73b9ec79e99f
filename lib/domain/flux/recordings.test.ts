import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseKubeObject, type KubeObject } from "../kube-object.ts";
import { projectFluxObject, type FluxMemory } from "./project-flux-object.ts";
import { isLeftOld } from "./source-left-old.ts";

/** Settled states each Kustomization passes through, without repetitions. */
function statesOf(recording: string): Map<string, string[]> {
  const text = readFileSync(new URL(`./fixtures/${recording}.jsonl`, import.meta.url), "utf8");
  const last = new Map<string, Record<string, unknown>>();
  const memory = new Map<string, FluxMemory>();
  const states = new Map<string, string[]>();
  for (const line of text.trim().split("\n")) {
    const {
      t,
      object,
      unchanged = [],
    } = JSON.parse(line) as {
      t: number;
      object: Record<string, Record<string, unknown>>;
      unchanged?: string[];
    };
    const whole = carryForward(object, unchanged, last);
    if (!whole) continue;
    const key = `${whole.metadata.namespace}/${whole.metadata.name}`;
    const projected = projectFluxObject(whole, {
      previous: memory.get(key) ?? null,
      sourceRevision: null,
      now: new Date(t * 1000),
    });
    memory.set(key, projected);
    const seen = states.get(key) ?? [];
    const state = isLeftOld(projected) ? "old" : (projected.sync ?? "none");
    if (seen.at(-1) !== state) states.set(key, [...seen, state]);
  }
  return states;
}

/** Parts named in `unchanged` are those of the line before. */
function carryForward(
  object: Record<string, Record<string, unknown>>,
  unchanged: string[],
  last: Map<string, Record<string, unknown>>,
): KubeObject | null {
  const key = `${String(object["metadata"]?.["namespace"])}/${String(object["metadata"]?.["name"])}`;
  const before = last.get(key) ?? {};
  const whole: Record<string, unknown> = { ...object };
  for (const part of unchanged) if (!part.includes(".")) whole[part] = before[part];
  last.set(key, whole);
  return parseKubeObject(whole);
}

describe("recordings of real controllers", () => {
  test("a bootstrap ends Synced, and what was once Synced never flickers", () => {
    for (const [key, states] of statesOf("bootstrap-kustomizations")) {
      const synced = states.indexOf("Synced");
      const after = synced === -1 ? [] : states.slice(synced + 1);
      expect({ key, after: after.filter((state) => state === "Reconciling" || state === "Pending") }).toEqual(
        { key, after: [] },
      );
    }
  });

  test("a health check that times out is Unhealthy, through all its retries", () => {
    const all = [...statesOf("healthtimeout-kustomizations").values()];
    const unhealthy = all.filter((states) => states.includes("Unhealthy"));
    expect(unhealthy.length).toBeGreaterThan(0);
    for (const states of unhealthy) expect(states.slice(states.indexOf("Unhealthy"))).toEqual(["Unhealthy"]);
  });

  test("a new revision moves a healthy object without unsettling it", () => {
    for (const states of statesOf("upgrade-kustomizations").values()) {
      const settled = states.slice(states.indexOf("Synced"));
      expect(settled.filter((state) => state === "Reconciling" || state === "Late")).toEqual([]);
    }
  });

  test("a source whose Git server goes down is left old at once, through all its retries", () => {
    expect([...statesOf("git-down-gitrepositories")]).toEqual([
      ["flux-system/fleet-capi", ["Synced", "old"]],
    ]);
  });
});

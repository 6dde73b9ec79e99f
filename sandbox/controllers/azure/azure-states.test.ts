import { describe, expect, it } from "vitest";
import { demoDurations } from "../capi/durations.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { agentPoolStep } from "./agent-pool-state.ts";
import { coresOf, quotaExceeded } from "./azure-error.ts";
import { managedClusterStep } from "./managed-cluster-state.ts";

function object(spec: Record<string, unknown>, status: Record<string, unknown> = {}): Unstructured {
  return { apiVersion: "v1", kind: "X", metadata: { name: "x", generation: 2 }, spec, status };
}

const settled = { conditions: [{ type: "Ready", status: "True", observedGeneration: 2 }] };

function cluster(spec: Record<string, unknown>, status: Record<string, unknown>, elapsedMs = 0, more = {}) {
  return managedClusterStep({
    object: object(spec, status),
    ownerReady: true,
    stuck: false,
    durations: demoDurations,
    elapsed: () => elapsedMs,
    ...more,
  });
}

describe("a managed cluster in Azure", () => {
  const wants = (version: string) => ({ kubernetesVersion: version });
  const runs = { currentKubernetesVersion: "1.34.5", ...settled };
  it.each([
    [
      "waits for its resource group",
      cluster(wants("1.34.5"), {}, 0, { ownerReady: false }),
      undefined,
      "Info",
    ],
    ["is made", cluster(wants("1.34.5"), {}), "Creating", "Info"],
    ["is there after its time", cluster(wants("1.34.5"), {}, 8_000), "Succeeded", undefined],
    ["stays", cluster(wants("1.34.5"), runs), "Succeeded", undefined],
    ["is upgraded by one minor", cluster(wants("1.35.4"), runs), "Upgrading", "Info"],
    ["has the new version after its time", cluster(wants("1.35.4"), runs, 20_000), "Succeeded", undefined],
    ["stays stuck", cluster(wants("1.35.4"), runs, 99_000, { stuck: true }), "Upgrading", "Info"],
    ["refuses two minors", cluster(wants("1.36.1"), runs), "Succeeded", "Error"],
    ["refuses to go back", cluster(wants("1.33.9"), runs), "Succeeded", "Error"],
    [
      "takes an update that changes no version",
      cluster(wants("1.34.5"), { currentKubernetesVersion: "1.34.5" }),
      "Updating",
      "Info",
    ],
  ])("%s", (_, step, state, severity) => {
    expect(step.provisioningState).toBe(state);
    expect(step.ready.status === "True" ? undefined : step.ready.severity).toBe(severity);
  });
});

function pool(spec: Record<string, unknown>, status: Record<string, unknown>, elapsedMs = 0, more = {}) {
  return agentPoolStep({
    object: object({ vmSize: "Standard_D4s_v5", count: 3, ...spec }, status),
    managedCluster: object({}, { currentKubernetesVersion: "1.35.4" }),
    location: "eastus",
    quotaExceeded: false,
    stuck: false,
    durations: demoDurations,
    elapsed: () => elapsedMs,
    ...more,
  });
}

describe("an agent pool in Azure", () => {
  const runs = { currentOrchestratorVersion: "1.34.5", count: 3, ...settled };
  const wants = (version: string) => ({ orchestratorVersion: version });
  it.each([
    [
      "waits for its cluster",
      pool(wants("1.34.5"), {}, 0, { managedCluster: object({}) }),
      undefined,
      "Info",
    ],
    ["is made", pool(wants("1.34.5"), {}), "Creating", "Info"],
    ["is upgraded up to its cluster's version", pool(wants("1.35.4"), runs), "Upgrading", "Info"],
    ["never beyond it", pool(wants("1.36.1"), runs), "Succeeded", "Error"],
    ["scales", pool({ ...wants("1.34.5"), count: 5 }, runs), "Scaling", "Info"],
    [
      "is refused without quota",
      pool(wants("1.34.5"), {}, 99_000, { quotaExceeded: true }),
      "Failed",
      "Error",
    ],
  ])("%s", (_, step, state, severity) => {
    expect(step.provisioningState).toBe(state);
    expect(step.ready.status === "True" ? undefined : step.ready.severity).toBe(severity);
  });

  it("keeps the autoscaler's count within its bounds", () => {
    const bounds = { enableAutoScaling: true, minCount: 4, maxCount: 6, ...wants("1.34.5") };
    expect(pool(bounds, runs, 99_000).count).toBe(4);
    expect(pool(bounds, { ...runs, count: 5 }).count).toBe(5);
  });
});

describe("Azure's quota error", () => {
  it("names the family and the cores", () => {
    expect(coresOf("Standard_D4s_v5")).toEqual({ family: "standardDSv5Family", cores: 4 });
    expect(coresOf("Standard_E16ds_v5")).toEqual({ family: "standardEDSv5Family", cores: 16 });
    const error = quotaExceeded({ vmSize: "Standard_D8s_v5", count: 3, location: "westeurope" });
    expect(error.code).toBe("QuotaExceeded");
    expect(error.message).toContain(
      "approved standardDSv5Family Cores quota. Additional details - Deployment Model: Resource Manager, Location: westeurope, ",
    );
    expect(error.message).toContain("Additional Required: 24, ");
  });
});

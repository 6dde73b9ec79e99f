import { describe, expect, test } from "vitest";
import { markOf } from "./mark-of.ts";
import { oldSources, rootCauses, type CausalObject } from "./root-causes.ts";

const now = new Date("2026-11-24T12:00:00Z");
const refused =
  "failed to checkout and determine revision: unable to list remote for 'http://127.0.0.1:9780/fleet.git': " +
  'Get "http://127.0.0.1:9780/fleet.git/info/refs?service=git-upload-pack": dial tcp 127.0.0.1:9780: connect: ' +
  "connection refused";

function flux(name: string, more: Partial<CausalObject> = {}): CausalObject {
  return {
    kind: "Kustomization",
    namespace: "flux-system",
    name,
    home: "workload",
    role: null,
    sync: "Synced",
    reason: null,
    message: null,
    since: "2026-11-24T11:50:00Z",
    intervalSeconds: 60,
    blockedBy: null,
    revision: "main@sha1:4e1c09a",
    ...more,
  };
}

const source = flux("fleet-infra", {
  kind: "GitRepository",
  sync: "Failing",
  reason: "GitOperationFailed",
  message: refused,
});
const waits = (...unready: string[]) =>
  flux("flux-config", {
    home: "management",
    role: "flux-config",
    sync: "Unhealthy",
    message: `health check failed after 2m0.02334427s: timeout waiting for: [${unready
      .map((one) => `${one} status: 'InProgress'`)
      .join(", ")}]`,
  });
const mark = (...objects: CausalObject[]) =>
  markOf({
    lifecycle: { lifecycle: "Ready", detail: null },
    health: { health: "Healthy", reason: null, message: null, since: null },
    objects,
    now,
  });

describe("a source that cannot be fetched", () => {
  test("leaves a cluster as it is while it serves what it fetched last, and marks the revision old", () => {
    const found = mark(source, flux("apps"));
    expect(found).toMatchObject({ word: "Healthy", tone: "healthy", causeKey: null });
    expect(found.cause).toBe("revision is old: Git repository cannot be fetched");
    expect(oldSources([source, flux("apps")])).toEqual([source]);
  });

  test("hides no other trouble of the cluster", () => {
    const unhealthy = flux("apps", {
      sync: "Unhealthy",
      message: "timeout waiting for: [Deployment/a/b status: 'InProgress']",
    });
    expect(mark(source, unhealthy)).toMatchObject({
      word: "Unhealthy",
      cause: "Deployment a/b is not ready",
    });
    expect(mark(source, flux("apps", { sync: "Suspended" })).word).toBe("Suspended");
    const broken = flux("flux-config", {
      home: "management",
      role: "flux-config",
      sync: "Failing",
      message: "no",
    });
    expect(mark(source, broken).word).toBe("Failing");
  });

  test("explains a health check that waits for it alone", () => {
    expect(rootCauses([source, waits("GitRepository/flux-system/fleet-infra")], now)).toEqual([]);
    const both = waits("GitRepository/flux-system/fleet-infra", "Kustomization/flux-system/apps");
    expect(rootCauses([source, both], now)).toEqual([both]);
  });

  test("is the cluster's trouble where it has nothing to serve, and explains what it feeds", () => {
    const empty = { ...source, revision: null };
    const starved = flux("apps", {
      sync: "Failing",
      reason: "ArtifactFailed",
      message: "Source artifact not found, retrying in 5s",
      revision: null,
    });
    expect(rootCauses([starved, empty], now)).toEqual([empty]);
    expect(mark(starved, empty)).toMatchObject({
      word: "Failing",
      cause: "Git repository cannot be fetched",
    });
    expect(rootCauses([starved], now)).toEqual([starved]);
  });
});

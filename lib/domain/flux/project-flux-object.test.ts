import { describe, expect, test } from "vitest";
import { parseKubeObject, type KubeObject } from "../kube-object.ts";
import { projectFluxObject, type FluxMemory } from "./project-flux-object.ts";
import { isTrouble, syncMark, syncStates } from "./sync.ts";

const now = new Date("2026-11-24T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();
const revision = `main@sha1:${"a".repeat(40)}`;

interface Given {
  metadata?: object;
  spec?: object;
  status?: object;
  ready?: [status: string, reason: string, message?: string, seconds?: number];
  more?: object[];
}

function object({ metadata, spec, status, ready, more = [] }: Given): KubeObject {
  const [value, reason, message = "", seconds = 10] = ready ?? [];
  const first = ready
    ? [{ type: "Ready", status: value, reason, message, lastTransitionTime: ago(seconds) }]
    : [];
  const parsed = parseKubeObject({
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: "apps", namespace: "flux-system", uid: "u", generation: 1, ...metadata },
    spec: { interval: "10m", sourceRef: { kind: "GitRepository", name: "fleet" }, ...spec },
    status: {
      observedGeneration: 1,
      lastAppliedRevision: revision,
      lastAttemptedRevision: revision,
      conditions: [...first, ...more],
      ...status,
    },
  });
  if (!parsed) throw new Error("unreadable");
  return parsed;
}

const project = (
  given: Given,
  previous: FluxMemory | null = null,
  sourceRevision: string | null = revision,
) => projectFluxObject(object(given), { previous, sourceRevision, now });

const reconciling = (seconds: number) => ({
  type: "Reconciling",
  status: "True",
  reason: "Progressing",
  lastTransitionTime: ago(seconds),
});

describe("the ten rows", () => {
  test.each<[string, Given, string]>([
    ["being deleted", { metadata: { deletionTimestamp: ago(60) } }, "Deleting"],
    [
      "a remote deletion that cannot end",
      { metadata: { deletionTimestamp: ago(16 * 60) }, spec: { kubeConfig: { secretRef: { name: "x" } } } },
      "Stuck",
    ],
    [
      "suspended, whatever it last said",
      { spec: { suspend: true }, ready: ["False", "BuildFailed"] },
      "Suspended",
    ],
    ["nothing said yet", { status: { observedGeneration: -1, conditions: [] } }, "Pending"],
    [
      "stalled",
      { ready: ["False", "InvalidCELExpression"], more: [{ type: "Stalled", status: "True" }] },
      "Failed",
    ],
    [
      "waiting for another",
      { ready: ["False", "DependencyNotReady", "dependency 'a/b' is not ready"] },
      "Blocked",
    ],
    ["applied, not healthy", { ready: ["False", "HealthCheckFailed"] }, "Unhealthy"],
    ["retrying", { ready: ["False", "BuildFailed"], more: [reconciling(5)] }, "Failing"],
    ["first work", { ready: ["Unknown", "Progressing"], more: [reconciling(5)] }, "Reconciling"],
    [
      "older than its source",
      { ready: ["True", "ReconciliationSucceeded"], status: { lastAppliedRevision: "main@sha1:0" } },
      "Behind",
    ],
    ["all well", { ready: ["True", "ReconciliationSucceeded"] }, "Synced"],
    ["nonsense for a status", { status: { conditions: "odd" } }, "Pending"],
  ])("%s", (_name, given, sync) => {
    expect(project(given).sync).toBe(sync);
  });

  test("a kind without status has no sync", () => {
    const parsed = parseKubeObject({
      kind: "HelmRepository",
      metadata: { name: "x" },
      spec: { type: "oci" },
    });
    expect(
      parsed && projectFluxObject(parsed, { previous: null, sourceRevision: null, now }).sync,
    ).toBeNull();
  });
});

describe("settled and moving", () => {
  const synced = project({ ready: ["True", "ReconciliationSucceeded"] });
  const failing = project({ ready: ["False", "BuildFailed", "no such file", 300] });

  test("a reconcile that changes nothing keeps the settled state", () => {
    const next = project({ ready: ["Unknown", "Progressing"], more: [reconciling(2)] }, synced);
    expect(next).toMatchObject({ sync: "Synced", moving: true, since: synced.since });
  });

  test("a retry keeps the failure, its message and its beginning", () => {
    const retry = project({ ready: ["Unknown", "Progressing"], more: [reconciling(100)] }, failing);
    expect(retry).toMatchObject({
      sync: "Failing",
      message: "no such file",
      moving: true,
      since: failing.since,
    });
    const again = project({ ready: ["False", "BuildFailed", "no such file", 1] }, retry);
    expect(again).toMatchObject({ sync: "Failing", moving: false, since: failing.since });
  });

  test("work on a new revision shows only when it lasts", () => {
    const attempt = { status: { lastAttemptedRevision: "main@sha1:b" } };
    expect(project({ ...attempt, ready: ["Unknown", "Progressing", "", 20] }, synced).sync).toBe("Synced");
    expect(project({ ...attempt, ready: ["Unknown", "Progressing", "", 40] }, synced).sync).toBe(
      "Reconciling",
    );
  });

  test("work beyond twice its timeout is Late", () => {
    const slow: Given = { spec: { timeout: "1m" }, ready: ["Unknown", "Progressing", "", 130] };
    expect(project(slow, synced)).toMatchObject({ sync: "Late", moving: true });
  });

  test("the commit and the blocker are read", () => {
    expect(synced.sha).toBe("a".repeat(40));
    const blocked = project({
      ready: ["False", "DependencyNotReady", "dependency 'flux-system/infra' is not ready"],
    });
    expect(blocked.blockedBy).toBe("flux-system/infra");
  });
});

describe("trouble", () => {
  const judged = (sync: (typeof syncStates)[number], seconds: number, reason = "") => ({
    sync,
    reason,
    since: ago(seconds),
    intervalSeconds: 600,
  });

  test.each([
    ["Blocked flashes after every commit", judged("Blocked", 30), false],
    ["Blocked for a minute is trouble", judged("Blocked", 61), true],
    ["a source may lag", judged("Failing", 30, "ArtifactFailed"), false],
    ["other failures count at once", judged("Failing", 0, "BuildFailed"), true],
    ["Behind is normal within two intervals", judged("Behind", 1100), false],
    ["Behind beyond them is trouble", judged("Behind", 1300), true],
  ])("%s", (_name, object, expected) => {
    expect(isTrouble(object, now)).toBe(expected);
  });

  test("every state has a word and a tone", () => {
    for (const sync of syncStates) {
      for (const seconds of [0, 100_000]) {
        const mark = syncMark(judged(sync, seconds), now);
        expect(mark.word).not.toBe("");
        expect(mark.tone).toBeTruthy();
      }
    }
  });
});

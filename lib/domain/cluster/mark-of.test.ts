import { describe, expect, test } from "vitest";
import type { SyncState } from "../flux/sync.ts";
import { behindPhrase } from "./behind-phrase.ts";
import { groupTroubles, type Trouble } from "./causes.ts";
import { recogniseError } from "./known-errors.ts";
import { healths, type Health, type HealthState } from "./health-state.ts";
import { lifecycles, type Lifecycle } from "./lifecycle.ts";
import { markOf } from "./mark-of.ts";
import { tones } from "./mark.ts";
import { rootCauses, type CausalObject } from "./root-causes.ts";

const now = new Date("2026-11-24T12:00:00Z");
const long = "2026-11-20T00:00:00Z";

function flux(name: string, sync: SyncState, more: Partial<CausalObject> = {}): CausalObject {
  return {
    kind: "Kustomization",
    namespace: "flux-system",
    name,
    home: "workload",
    role: null,
    sync,
    reason: null,
    message: null,
    since: long,
    intervalSeconds: 600,
    blockedBy: null,
    revision: null,
    ...more,
  };
}

const health = (value: Health): HealthState => ({
  health: value,
  reason: "Why",
  message: "what happened",
  since: long,
});
const mark = (lifecycle: Lifecycle, value: Health, objects: CausalObject[] = []) =>
  markOf({ lifecycle: { lifecycle, detail: null }, health: health(value), objects, now });

describe("the one mark", () => {
  test.each<[string, Lifecycle, Health, CausalObject[], string]>([
    ["a failure beats all else", "Upgrading", "Failed", [flux("apps", "Failing")], "Failed"],
    ["unreachable beats sync", "Ready", "Unreachable", [flux("apps", "Unhealthy")], "Unreachable"],
    ["degraded beats failing sync", "Ready", "Degraded", [flux("apps", "Failing")], "Degraded"],
    ["failing sync beats moving", "Upgrading", "Progressing", [flux("apps", "Failing")], "Failing"],
    ["behind is said as behind", "Ready", "Healthy", [flux("apps", "Behind")], "Behind"],
    ["moving beats suspended", "Scaling", "Healthy", [flux("apps", "Suspended")], "Scaling"],
    ["suspended beats healthy", "Ready", "Healthy", [flux("apps", "Suspended")], "Suspended"],
    ["all well", "Ready", "Healthy", [flux("apps", "Synced")], "Healthy"],
  ])("%s", (_name, lifecycle, value, objects, word) => {
    expect(mark(lifecycle, value, objects).word).toBe(word);
  });

  test.each([
    ["two intervals of its source may pass", "2026-11-24T11:58:30Z", "Healthy"],
    ["then it is behind, and by how much", "2026-11-24T11:57:00Z", "Behind"],
  ])("a cluster that stays on an old commit: %s", (_name, since, word) => {
    const behind = { commits: 3, since, intervalSeconds: 60 };
    const lifecycle = { lifecycle: "Ready" as const, detail: null };
    const found = markOf({ lifecycle, health: health("Healthy"), objects: [], behind, now });
    expect(found.word).toBe(word);
    expect(found.cause).toBe(word === "Behind" ? "3 commits behind" : null);
    expect(found.causeKey).toBe(word === "Behind" ? "behind" : null);
  });

  test("a paused cluster says what pauses it", () => {
    const paused = (detail: string | null) =>
      markOf({ lifecycle: { lifecycle: "Paused", detail }, health: health("Healthy"), objects: [], now });
    expect(paused("spec.paused")).toMatchObject({
      word: "Paused",
      tone: "suspended",
      cause: "by spec.paused on the Cluster",
    });
    expect(paused(null).cause).toBe("Cluster API leaves it alone");
  });

  test("every combination has a word, a tone and a place", () => {
    for (const lifecycle of lifecycles) {
      for (const value of healths) {
        const { word, tone, rank } = mark(lifecycle, value);
        expect(word).not.toBe("");
        expect(tones).toContain(tone);
        expect(rank).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

describe("causes", () => {
  test("a failing dependency swallows what it blocks, and the workload's trouble the hub's report of it", () => {
    const infra = flux("infrastructure", "Unhealthy", {
      message: "timeout waiting for: [Deployment/ingress-nginx/controller status: 'InProgress']",
    });
    const objects = [
      flux("flux-config", "Unhealthy", { home: "management", role: "flux-config", namespace: "prod" }),
      flux("applications", "Blocked", { blockedBy: "flux-system/infrastructure" }),
      infra,
    ];
    expect(rootCauses(objects, now)).toEqual([infra]);
    expect(mark("Ready", "Healthy", objects)).toMatchObject({
      word: "Unhealthy",
      cause: "Deployment ingress-nginx/controller is not ready",
    });
  });

  test.each([
    ["QuotaExceeded: exceeding approved Standard_D8s_v5 quota", "azure-quota"],
    ["unable to read KubeConfig secret 'a/a-kubeconfig' error: secrets not found", "kubeconfig"],
    ["failed to checkout and determine revision: authentication required", "git-auth"],
    ['variable not set (strict mode): "REGION"', "variable"],
    ["Back-off pulling image: ImagePullBackOff", "image"],
  ])("%s", (message, key) => {
    expect(recogniseError(message)?.key).toBe(key);
  });

  test("what is behind says where it stands", () => {
    const head = { branch: "main", sha: "b82f117aaaa" };
    const behind = (object: string | null): Trouble => ({
      key: "behind",
      tone: "attention",
      rank: 6,
      word: "Behind",
      title: "3 commits behind",
      since: long,
      message: null,
      cluster: { slug: "stage-weu-2", name: "stage-weu-2" },
      objects: object === null ? [] : [object],
      waiting: [],
      phrase: behindPhrase("4e1c09abbbb", head),
    });
    const said = (object: string | null) =>
      groupTroubles([behind(object)])[0]
        ?.sentence.map(({ text }) => text)
        .join("");
    expect(said(null)).toBe("stage-weu-2 · still at 4e1c09a, main is b82f117.");
    expect(said("applications")).toBe("stage-weu-2 · applications still at 4e1c09a, main is b82f117.");
    expect(behindPhrase(null, head)).toBe("at an unknown commit, main is b82f117");
    expect(behindPhrase("4e1c09abbbb", { branch: "main", sha: null })).toBe("still at 4e1c09a");
  });

  test("clusters with one cause are one line", () => {
    const trouble = (name: string, since: string): Trouble => ({
      key: "azure-quota",
      tone: "failed",
      rank: 1,
      word: "Failed",
      title: "Azure quota used up",
      since,
      message: "QuotaExceeded",
      cluster: { slug: name, name },
      objects: [],
      waiting: [],
    });
    const groups = groupTroubles([
      trouble("b", "2026-11-24T11:00:00Z"),
      trouble("a", "2026-11-24T10:00:00Z"),
    ]);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({
      since: "2026-11-24T10:00:00Z",
      clusters: [{ name: "a" }, { name: "b" }],
    });
    expect(groups[0]?.sentence.map(({ text }) => text).join("")).toBe(
      "a and b · QuotaExceeded. Ask for more or pick another size.",
    );
  });
});

test("a cluster that Cluster API calls unreachable and the portal reads is not said to give no answer", () => {
  const input = { lifecycle: { lifecycle: "Ready" as const, detail: null }, objects: [], now };
  const of = (readable: { slow: boolean } | null) =>
    markOf({ ...input, health: health("Unreachable"), readable });
  expect(of(null)).toMatchObject({ word: "Unreachable", cause: "API server does not answer" });
  expect(of({ slow: true }).cause).toBe("Cluster API’s probe gives up, the portal still reads it, slowly");
  expect(of({ slow: false }).causeKey).not.toBe(of(null).causeKey);
});

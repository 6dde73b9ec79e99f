import { describe, expect, it } from "vitest";
import type { BuiltObject, BuiltPath } from "../../domain/protect/built-path.ts";
import type { MirrorCommit } from "../../git/mirror.ts";
import type { BuildFleet } from "./build-fleet.ts";
import { protectCheck } from "./protect-check.ts";

const path = (name: string, objects: BuiltObject[], error: string | null = null): BuiltPath => {
  const about = { home: "management", namespace: "flux-system", name, path: name, files: [] };
  return { ...about, ok: error === null, error, objects };
};
const namespace = (name: string): BuiltObject => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name },
});
const kustomization = (name: string, cluster: string): BuiltObject => ({
  apiVersion: "kustomize.toolkit.fluxcd.io/v1",
  kind: "Kustomization",
  metadata: { name, namespace: "flux-system", labels: { "fleetwright.dev/cluster": cluster } },
  spec: { path: name, prune: true, kubeConfig: { secretRef: { name: `${cluster}-kubeconfig` } } },
});

const commit = (sha: string): MirrorCommit => ({
  sha,
  parents: [],
  paths: [],
  title: sha,
  message: sha,
  author: "a",
  authoredAt: "2026-11-24T12:00:00Z",
});

/** A world where commit `x` has tree `x`, and history is the trees in the order given. */
const world = (trees: Record<string, readonly BuiltPath[]>): Parameters<typeof protectCheck>[1] => {
  const buildFleet: BuildFleet = (tree) =>
    trees[tree] ? Promise.resolve(trees[tree]) : Promise.reject(new Error("no kubectl"));
  return {
    buildFleet,
    mirror: {
      treeOf: (sha) => Promise.resolve(sha),
      firstParentLog: () =>
        Promise.resolve(
          Object.keys(trees)
            .filter((sha) => sha !== "head")
            .map(commit),
        ),
    },
  };
};
const merged = { clean: true, tree: "head" } as const;
const subject = { merged, baseSha: "base" };

describe("the check", () => {
  it("passes where nothing is taken away, and says what was compared", async () => {
    const tree = [path("root", [namespace("a")])];
    expect(await protectCheck(subject, world({ base: tree, head: tree }))).toMatchObject({
      name: "fleetwright/protect",
      state: "pass",
      title:
        "nothing the fleet lives on is removed, moved or left without protection (1 Kustomizations compared)",
    });
  });

  it("fails with the gravest sentence as its title", async () => {
    const base = [path("root", [namespace("a"), namespace("b")])];
    const outcome = await protectCheck(subject, world({ base, head: [path("root", [namespace("b")])] }));
    expect(outcome).toMatchObject({
      state: "fail",
      title:
        "Merging would delete namespace a and everything in it: Kustomization flux-system/root no longer builds it.",
    });
  });

  it("says once what happens to many clusters alike", async () => {
    const names = ["one", "two", "three", "four", "five"];
    const root = path(
      "root",
      names.map((name) => kustomization(`apps-${name}`, name)),
    );
    const all = (objects: BuiltObject[]): BuiltPath[] => [
      root,
      ...names.map((name) => path(`apps-${name}`, objects)),
    ];
    const outcome = await protectCheck(
      subject,
      world({ base: all([namespace("x"), namespace("y")]), head: all([namespace("y")]) }),
    );
    expect(outcome.parts.map(({ sentence }) => sentence)).toEqual([
      "Merging would delete namespace x of cluster one and everything in it: Kustomization flux-system/apps-one no longer builds it; the same for 4 more clusters (two, three, four and 1 more).",
    ]);
  });

  it("fails in conflict: there is no merged tree to build", async () => {
    const conflict = { merged: { clean: false as const, paths: ["fleet.yaml"] }, baseSha: "base" };
    expect(await protectCheck(conflict, world({}))).toMatchObject({ state: "fail" });
  });

  it("waits where building is not possible here", async () => {
    expect(await protectCheck(subject, world({}))).toMatchObject({ state: "wait" });
  });

  it("compares with what last built, where the default branch is broken", async () => {
    const good = [path("root", [namespace("a"), namespace("b")])];
    const broken = [path("root", [], "broken")];
    const repaired = await protectCheck(subject, world({ good, base: broken, head: good }));
    expect(repaired.state).toBe("pass");
    const lost = await protectCheck(
      subject,
      world({ good, base: broken, head: [path("root", [namespace("b")])] }),
    );
    expect(lost.title).toMatch(/^Merging would delete namespace a/);
    const unknown = await protectCheck(subject, world({ base: broken, head: good }));
    expect(unknown.title).toMatch(/^What merging would prune cannot be told: .* on the default branch/);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BuiltPath } from "../protect/built-path.ts";
import { commitTargets } from "./commit-targets.ts";

const path = (home: string, name: string, files: string[], more: Partial<BuiltPath> = {}): BuiltPath => ({
  home,
  namespace: "flux-system",
  name,
  path: files[0] ?? ".",
  ok: true,
  error: null,
  files,
  objects: [],
  ...more,
});

const root = (objects: BuiltPath["objects"] = []) =>
  path("management", "flux-system", ["clusters/management/fleet/a.yaml", "clusters/management/infra.yaml"], {
    objects,
  });
const fleet = (): BuiltPath[] => [
  root(),
  path("management", "flux", ["clusters/a/flux-config.yaml"], { namespace: "a", cluster: "a" }),
  path("a", "apps", ["apps/base/x.yaml", "apps/a/k.yaml"]),
  path("b", "apps", ["apps/base/x.yaml", "apps/b/k.yaml"]),
];

const kustomization = (name: string, cluster: string, spec: object = {}) => ({
  apiVersion: "kustomize.toolkit.fluxcd.io/v1",
  kind: "Kustomization",
  metadata: { name, namespace: cluster, labels: { "fleetwright.dev/cluster": cluster } },
  spec,
});

describe("commitTargets", () => {
  it.each([
    [
      "a base reaches every cluster that builds on it",
      ["apps/base/x.yaml"],
      { a: ["workload/flux-system/apps"], b: ["workload/flux-system/apps"] },
    ],
    ["an overlay reaches its own cluster", ["apps/b/k.yaml"], { b: ["workload/flux-system/apps"] }],
    [
      "a cluster's Flux on the management cluster counts for the cluster",
      ["clusters/a/flux-config.yaml"],
      { a: ["management/a/flux"] },
    ],
    [
      "a cluster's file that a shared Kustomization applies counts for the cluster",
      ["clusters/management/fleet/a.yaml"],
      { a: ["management/flux-system/flux-system"] },
    ],
    [
      "what is shared counts for the management cluster",
      ["clusters/management/infra.yaml"],
      { management: ["management/flux-system/flux-system"] },
    ],
    ["what nothing builds reaches nobody", ["README.md", "templates/aks/cluster.yaml"], {}],
  ])("%s", (_title, paths, expected) => {
    const found = commitTargets({ paths, before: fleet(), after: fleet() });
    expect(Object.fromEntries(found.map(({ cluster, objects }) => [cluster, objects]))).toEqual(expected);
  });

  it("counts a cluster that a commit adds, and one that it removes, by what remains to apply it", () => {
    const added = path("c", "apps", ["apps/c/k.yaml"]);
    const file = "clusters/management/fleet/c.yaml";
    const withC = [{ ...root(), files: [...root().files, file] }, ...fleet().slice(1), added];
    const paths = [file, "apps/c/k.yaml"];
    expect(commitTargets({ paths, before: fleet(), after: withC })).toEqual([
      { cluster: "c", objects: ["management/flux-system/flux-system", "workload/flux-system/apps"] },
    ]);
    expect(commitTargets({ paths, before: withC, after: fleet() })).toEqual([
      { cluster: "c", objects: ["management/flux-system/flux-system"] },
    ]);
  });

  it("knows by the objects which clusters a shared file is about, whatever the layout", () => {
    const at = (spec: object) => [root([kustomization("apps", "x", spec), kustomization("apps", "y")])];
    const paths = ["clusters/management/infra.yaml"];
    const found = commitTargets({ paths, before: at({ path: "old" }), after: at({ path: "new" }) });
    expect(found.map(({ cluster }) => cluster)).toEqual(["management", "x"]);
  });

  it("says that it cannot tell where a closure could not be taken, until a file that was read changes", () => {
    const broken = [
      ...fleet().slice(0, 3),
      path("b", "apps", ["apps/b/k.yaml"], { ok: false, partial: true }),
    ];
    const of = (file: string) => commitTargets({ paths: [file], before: fleet(), after: broken });
    expect(of("README.md")).toEqual([{ cluster: "b", objects: ["?workload/flux-system/apps"] }]);
    expect(of("apps/b/k.yaml")).toEqual([{ cluster: "b", objects: ["workload/flux-system/apps"] }]);
  });

  it("keeps what a parent that no longer builds had put on its cluster", () => {
    const parent = (ok: boolean) =>
      path("management", "flux", ["f.yaml"], {
        cluster: "a",
        ok,
        objects: ok
          ? [{ ...kustomization("apps", "a"), metadata: { name: "apps", namespace: "flux-system" } }]
          : [],
      });
    const child = path("a", "apps", ["apps/a/k.yaml"]);
    const found = commitTargets({
      paths: ["apps/a/k.yaml", "f.yaml"],
      before: [parent(true), child],
      after: [parent(false)],
    });
    expect(found).toEqual([
      { cluster: "a", objects: ["management/flux-system/flux", "workload/flux-system/apps"] },
    ]);
  });

  it("names a workload cluster exactly where a closure of its own meets the commit", () => {
    const files = fc.uniqueArray(fc.constantFrom("f1", "f2", "f3", "f4", "f5"), { maxLength: 4 });
    fc.assert(
      fc.property(files, fc.array(files, { minLength: 1, maxLength: 5 }), (paths, closures) => {
        const tree = closures.map((own, index) => path(`c${String(index)}`, "apps", own));
        const named = commitTargets({ paths, before: tree, after: tree }).map(({ cluster }) => cluster);
        const met = tree
          .filter((one) => one.files.some((file) => new Set<string>(paths).has(file)))
          .map(({ home }) => home);
        expect(named).toEqual(met);
      }),
    );
  });
});

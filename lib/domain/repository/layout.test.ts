import { describe, expect, it } from "vitest";
import { clusterFiles, clusterOfPath, clustersOfPaths, partOfPath, templateOfPath } from "./layout.ts";

describe("the repository's layout", () => {
  it("finds a cluster's name in each of its files again", () => {
    for (const path of clusterFiles("prod-eus-1")) {
      expect(clusterOfPath(path)).toBe("prod-eus-1");
      expect(partOfPath(path)).not.toBeNull();
    }
  });

  it.each([
    "clusters/management/stages.yaml",
    "clusters/management/fleet/kustomization.yaml",
    "clusters",
    "apps/base/x.yaml",
    "fleet.yaml",
  ])("%s belongs to no cluster", (path) => {
    expect(clusterOfPath(path)).toBeNull();
  });

  it("knows extra files of a cluster, and templates", () => {
    expect(clusterOfPath("clusters/dev-1/extra/pool.yaml")).toBe("dev-1");
    expect(partOfPath("clusters/dev-1/extra/pool.yaml")).toBeNull();
    expect(templateOfPath("templates/dev/cluster.yaml")).toBe("dev");
    expect(clustersOfPaths(["clusters/b/x.yaml", "README.md", "clusters/management/fleet/a.yaml"])).toEqual([
      "a",
      "b",
    ]);
  });
});

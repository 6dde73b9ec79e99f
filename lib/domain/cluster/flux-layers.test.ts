import { expect, test } from "vitest";
import { fluxLayers } from "./flux-layers.ts";
import { fluxTree, type TreeObject } from "./flux-tree.ts";

const object = (id: string, dependsOn: string[] = [], inventory: string[] = []): TreeObject => ({
  id,
  kind: "Kustomization",
  namespace: "flux-system",
  name: id,
  home: "workload",
  role: null,
  dependsOn: dependsOn.map((name) => `flux-system/${name}`),
  inventory,
});
const layers = (objects: TreeObject[]) =>
  fluxLayers(fluxTree(objects).map(({ object: { id }, after }) => ({ id, after }))).map((layer) =>
    layer.map(({ id }) => id),
  );

test("each object stands behind the last of all it waits for", () => {
  const all = [object("apps", ["infra", "policies"]), object("policies", ["infra"]), object("infra")];
  expect(layers(all)).toEqual([["infra"], ["policies"], ["apps"]]);
});

test("what another applied stands behind it, where it waits for nothing itself", () => {
  const maker = object("cluster", [], ["flux-system_apps_kustomize.toolkit.fluxcd.io_Kustomization"]);
  expect(layers([object("apps"), maker])).toEqual([["cluster"], ["apps"]]);
});

test("a ring ends, and shows every member once", () => {
  const ring = [object("one", ["two"]), object("two", ["one"])];
  expect(layers(ring).flat().sort()).toEqual(["one", "two"]);
});

test("what it waits for and nobody has is left out", () => {
  expect(layers([object("apps", ["gone"])])).toEqual([["apps"]]);
});

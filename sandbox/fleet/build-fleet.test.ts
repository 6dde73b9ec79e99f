import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildKustomization } from "../../lib/kustomize/build-kustomization.ts";
import { buildTree, type TreeBuild } from "../../lib/kustomize/build-tree.ts";
import { kubectlPath } from "../../scripts/tools.ts";
import { seededFleet, type SeededFleet } from "./testing/seeded-fleet.ts";

let fleet: SeededFleet;
let kubectl: string;
beforeAll(async () => {
  kubectl = await kubectlPath();
  fleet = await seededFleet(12);
});
afterAll(() => fleet.close());

const write = (path: string, content: string): Promise<void> =>
  writeFile(join(fleet.checkout, path), content);
const restore = (): Promise<string> => fleet.git("reset", "-q", "--hard");
const clean = async (): Promise<void> => {
  await restore();
  await fleet.git("clean", "-qfd");
};
const failures = (tree: TreeBuild): string[] =>
  tree.results.flatMap(({ ok, home, name, error }) => (ok ? [] : [`${home}/${name}: ${error ?? ""}`]));

describe("every Kustomization of the seeded fleet", () => {
  it("builds with the real kustomize, on the management cluster and on each workload cluster", async () => {
    const tree = await buildTree({ kubectl, dir: fleet.checkout });
    expect(failures(tree)).toEqual([]);
    expect(tree.results).toHaveLength(3 + 12 * 6);
    const own = tree.results
      .filter(({ cluster }) => cluster === "prod-uks-2")
      .map(({ home, name }) => `${home}/${name}`);
    expect(own.sort()).toEqual([
      "management/cluster",
      "management/flux",
      "management/flux-config",
      "prod-uks-2/applications",
      "prod-uks-2/infrastructure",
      "prod-uks-2/policies",
    ]);
  });

  it("is built as its source serves it, with its variables", async () => {
    const tree = await buildTree({ kubectl, dir: fleet.checkout });
    const find = (home: string, name: string): TreeBuild["results"][number] | undefined =>
      tree.results.find(
        (result) =>
          result.home === home &&
          result.name === name &&
          (home !== "management" || result.cluster === "prod-uks-2"),
      );
    expect(find("management", "cluster")?.files).toEqual(["clusters/prod-uks-2/cluster.yaml"]);
    expect(find("management", "flux-config")?.files).toEqual(["clusters/prod-uks-2/flux-config.yaml"]);
    const infrastructure = find("prod-uks-2", "infrastructure");
    expect(infrastructure?.files).toContain("infrastructure/base/ingress-nginx.yaml");
    expect(infrastructure?.objects.find(({ metadata }) => metadata.name === "cluster-info")).toMatchObject({
      data: { cluster: "prod-uks-2", region: "uksouth", environment: "production" },
    });
  });
});

describe("a broken tree", () => {
  it.each([
    [
      "clusters/prod-uks-2/cluster.yaml",
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n",
      /management\/cluster: /,
    ],
    ["clusters/prod-uks-2/flux-config.yaml", "a: [\n", /management\/flux-config: /],
    [
      "apps/overlays/production/kustomization.yaml",
      "resources: [../../nowhere]\n",
      /prod-[a-z]+-\d\/applications: .*nowhere/,
    ],
    [
      "apps/base/api/service.yaml",
      'apiVersion: v1\nkind: Service\nmetadata: {name: api, namespace: apps}\nspec: {x: "${NOPE}"}\n',
      /variable not set \(strict mode\): "NOPE"/,
    ],
  ])("with a bad %s fails where it is used and says why", async (path, content, sentence) => {
    await write(path, content);
    const tree = await buildTree({ kubectl, dir: fleet.checkout });
    await clean();
    expect(tree.ok).toBe(false);
    expect(failures(tree).join("\n")).toMatch(sentence);
  });
});

describe("what must not be built", () => {
  const build = async (fields: string): Promise<string> => {
    await write("apps/overlays/development/kustomization.yaml", `${fields}\n`);
    const result = await buildKustomization({
      kubectl,
      dir: fleet.checkout,
      path: "./apps/overlays/development",
    });
    return result.ok ? "built" : result.error;
  };
  afterAll(clean);

  it.each([
    ["resources: [https://example.com/x.yaml]", /remote resources are not fetched/],
    ["resources: [github.com/acme/other//base?ref=main]", /remote resources are not fetched/],
    ["resources: [git@example.com:x/y.git]", /remote resources are not fetched/],
    ["resources: [../../../../../etc]", /leaves the repository/],
    ["resources: [/etc/passwd]", /absolute path/],
    ["patches: [{path: ../../../../../../etc/passwd}]", /leaves the repository/],
    ["configMapGenerator: [{name: x, files: [k=../../../../../etc/passwd]}]", /leaves the repository/],
    ["secretGenerator: [{name: x, envs: [/proc/self/environ]}]", /absolute path/],
    ["helmCharts: [{name: x}]", /Helm charts and plugins are not built/],
    ["Resources: [https://example.com/x.yaml]", /remote resources are not fetched/],
    ["reſources: [https://example.com/x.yaml]", /remote resources are not fetched/],
    ["<<: {resources: [https://example.com/x.yaml]}", /remote resources are not fetched/],
    ["patches: [{Path: /etc/passwd}]", /absolute path/],
    ["generators: [x.yaml]", /Helm charts and plugins are not built/],
    ["transformers: [x.yaml]", /Helm charts and plugins are not built/],
    ["resources: [\n", /is not valid YAML/],
  ])("%s is refused before building", async (fields, sentence) => {
    expect(await build(fields)).toMatch(sentence);
  });

  it("a link, inside or outside the tree", async () => {
    await symlink("/etc", join(fleet.checkout, "apps/overlays/development/etc"));
    expect(await build("resources: [etc/passwd]")).toMatch(/is a symbolic link/);
  });

  it("a path that leaves the tree or is not there", async () => {
    const at = (path: string): Promise<unknown> => buildKustomization({ kubectl, dir: fleet.checkout, path });
    expect(await at("../..")).toMatchObject({ ok: false, error: "../.. leaves the repository" });
    expect(await at("./nowhere")).toMatchObject({
      ok: false,
      error: "kustomization path not found: nowhere",
    });
  });

  it("more than the limits allow", async () => {
    await clean();
    const options = { kubectl, dir: fleet.checkout, path: "apps/overlays/staging" };
    const small = await buildKustomization({ ...options, limits: { timeoutMs: 20_000, maxBytes: 100 } });
    expect(small).toMatchObject({ ok: false, error: expect.stringContaining("MiB") as string });
    const short = await buildKustomization({ ...options, limits: { timeoutMs: 1, maxBytes: 1 << 20 } });
    expect(short).toMatchObject({ ok: false, error: expect.stringContaining("longer than") as string });
  });
});

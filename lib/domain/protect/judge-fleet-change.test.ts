import { describe, expect, it } from "vitest";
import type { BuiltObject, BuiltPath } from "./built-path.ts";
import { judgeFleetChange } from "./judge-fleet-change.ts";

const capi = "cluster.x-k8s.io/v1beta2";
const disabled = { "kustomize.toolkit.fluxcd.io/prune": "disabled" };

const object = (apiVersion: string, kind: string, name: string, spec: object = {}): BuiltObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "a", annotations: disabled },
  spec,
});
const kustomization = (name: string, spec: object = {}): BuiltObject =>
  object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name, {
    path: `./${name}`,
    prune: true,
    ...spec,
  });
const path = (name: string, objects: BuiltObject[], more: Partial<BuiltPath> = {}): BuiltPath => ({
  home: "management",
  namespace: name === "root" ? "flux-system" : "a",
  name,
  path: name,
  ok: true,
  error: null,
  files: [],
  objects,
  ...more,
});
const plain = (one: BuiltObject): BuiltObject => ({
  ...one,
  metadata: { ...one.metadata, annotations: {} },
});

const cluster = (spec: object = {}): BuiltObject => object(capi, "Cluster", "a", spec);
const fleet = (objects: BuiltObject[], spec: object = {}): BuiltPath[] => [
  path("root", [kustomization("capi", spec)]),
  path("capi", objects),
];
const rules = (base: BuiltPath[], head: BuiltPath[]): string[] =>
  judgeFleetChange(base, head).map(({ rule, severity }) => `${severity} ${rule}`);

describe("a pool in a topology", () => {
  const workers = (...names: string[]): object => ({
    topology: {
      version: "v1.34.5",
      workers: { machineDeployments: names.map((name) => ({ class: "x", name })) },
    },
  });
  it("is deleted by Cluster API when its entry goes, protected or not", () => {
    const found = judgeFleetChange(fleet([cluster(workers("one", "two"))]), fleet([cluster(workers("one"))]));
    expect(found.map(({ sentence }) => sentence)).toEqual([
      "Merging would delete pool a-two of cluster a: Kustomization a/capi no longer builds it.",
    ]);
  });
  it("may change its version", () => {
    const upgraded = { ...workers("one"), note: 1 };
    expect(rules(fleet([cluster(workers("one"))]), fleet([cluster(upgraded)]))).toEqual([]);
  });
});

describe("a template", () => {
  const template = (name: string): BuiltObject =>
    object("infrastructure.cluster.x-k8s.io/v1beta2", "DevMachineTemplate", name);
  const pool = (name: string): BuiltObject =>
    object(capi, "MachineDeployment", "a-md", {
      clusterName: "a",
      template: {
        spec: {
          infrastructureRef: {
            apiGroup: "infrastructure.cluster.x-k8s.io",
            kind: "DevMachineTemplate",
            name,
          },
        },
      },
    });
  it("may be replaced by the one its pool names now", () => {
    expect(rules(fleet([pool("t1"), template("t1")]), fleet([pool("t2"), template("t2")]))).toEqual([]);
  });
  it("may not go while a pool names it", () => {
    expect(rules(fleet([pool("t1"), template("t1")]), fleet([pool("t1")]))).toEqual(["fail removed"]);
  });
});

describe("what shields an object", () => {
  it("is the annotation or the label, in Flux's spelling and the admission policy's", () => {
    const labelled = { ...cluster(), metadata: { name: "a", namespace: "a", labels: disabled } };
    expect(rules(fleet([cluster()]), fleet([labelled]))).toEqual([]);
  });
  it("is missing on a new cluster: worth a warning", () => {
    expect(rules(fleet([cluster()]), fleet([cluster(), plain(object(capi, "Cluster", "b"))]))).toEqual([
      "warn unprotected",
    ]);
  });
  it("does not help while Flux passes over the object", () => {
    const ignored = structuredClone(cluster());
    ignored.metadata.annotations = { ...disabled, "kustomize.toolkit.fluxcd.io/reconcile": "disabled" };
    expect(rules(fleet([cluster()]), fleet([ignored]))).toEqual(["warn paused"]);
  });
  it("holds an object of an unprotected Kustomization with deletionPolicy Orphan", () => {
    const base = [
      path("root", [plain(kustomization("capi", { deletionPolicy: "Orphan" }))]),
      path("capi", [plain(cluster())]),
    ];
    const found = judgeFleetChange(base, [path("root", [kustomization("other")]), path("other", [])]);
    expect(found.map(({ sentence }) => sentence)).toContain(
      "Merging would leave cluster a unmanaged: Kustomization a/capi, which applies it, is gone; Kustomization flux-system/root no longer builds Kustomization a/capi.",
    );
  });
});

describe("force", () => {
  it("already there and nothing changes: worth a warning", () => {
    const forced = fleet([cluster()], { force: true });
    expect(rules(forced, fleet([cluster()], { force: true }))).toEqual(["warn force"]);
  });
  it("lets a Job rerun", () => {
    const job = object("batch/v1", "Job", "once");
    job.metadata.annotations = { "kustomize.toolkit.fluxcd.io/force": "Enabled" };
    expect(rules(fleet([cluster()]), fleet([cluster(), job]))).toEqual(["warn force"]);
  });
});

describe("what cannot be judged is not a pass", () => {
  it.each([
    ["no base", [], fleet([cluster()])],
    ["no head", fleet([cluster()]), []],
    ["a base that does not build", [path("root", [], { ok: false, error: "x" })], fleet([cluster()])],
    ["a head that does not build", fleet([cluster()]), [path("root", [], { ok: false, error: "x" })]],
  ])("%s", (_, base, head) => {
    expect(new Set(rules(base, head))).toEqual(new Set(["fail unjudged"]));
  });
  it("says nothing of objects below a build that fails", () => {
    const head = [path("root", [kustomization("capi")]), path("capi", [], { ok: false, error: "broken" })];
    expect(rules(fleet([cluster()]), head)).toEqual(["fail unjudged"]);
  });
});

describe("references", () => {
  const refs = (ref: object): BuiltObject => cluster({ controlPlaneRef: ref });
  it("may be written for another API version", () => {
    const before = refs({
      apiVersion: "controlplane.cluster.x-k8s.io/v1beta1",
      kind: "KubeadmControlPlane",
      name: "a",
    });
    const after = refs({ apiGroup: "controlplane.cluster.x-k8s.io", kind: "KubeadmControlPlane", name: "a" });
    expect(rules(fleet([before]), fleet([after]))).toEqual([]);
  });
});

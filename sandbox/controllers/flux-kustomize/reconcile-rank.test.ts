import { expect, it } from "vitest";
import { Informer } from "../runtime/informer.ts";
import { KubeClient } from "../runtime/kube-client.ts";
import { fluxKinds } from "../flux/flux-kinds.ts";
import { keyOf } from "../runtime/objects.ts";
import type { Unstructured } from "../runtime/objects.ts";
import { DEPENDENTS, dependenciesOf, rankOf } from "./reconcile-rank.ts";

/** An informer that was given its objects. */
function cacheOf(objects: Unstructured[]): Informer {
  const client = new KubeClient({ server: "http://127.0.0.1:1" }, { fieldManager: "test" });
  const informer = new Informer(client, fluxKinds.kustomization);
  informer.get = (name, namespace) => objects.find((each) => keyOf(each) === `${namespace ?? ""}/${name}`);
  informer.byIndex = (index, value) =>
    objects.filter((each) => index === DEPENDENTS && dependenciesOf(each).includes(value));
  return informer;
}

function kustomization(
  name: string,
  spec: object,
  entries: string[] = [],
  status: object = {},
): Unstructured {
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: "flux-system", generation: 2 },
    spec,
    status: {
      observedGeneration: 2,
      lastAppliedRevision: "main@sha1:1",
      inventory: { entries: entries.map((id) => ({ id, v: "v1" })) },
      ...status,
    },
  };
}

it("lets those go first that others wait for, then what is applied here, then elsewhere", () => {
  const applied = ["east_cluster_kustomize.toolkit.fluxcd.io_Kustomization"];
  const remote = { kubeConfig: { secretRef: { name: "east" } } };
  const cache = cacheOf([
    kustomization("fleet", { dependsOn: [{ name: "platform" }] }, applied),
    kustomization("platform", {}, ["flux-system_access__ConfigMap"]),
    kustomization("local", { dependsOn: [{ name: "circle" }] }, ["east_east_cluster.x-k8s.io_Cluster"]),
    kustomization("circle", { dependsOn: [{ name: "local" }] }),
    kustomization("remote", remote, applied),
    kustomization("new", remote, [], { lastAppliedRevision: undefined }),
    kustomization("changed", remote, [], { observedGeneration: 1 }),
  ]);
  const ranks = ["fleet", "platform", "local", "circle", "remote", "new", "changed", "unknown"].map(
    (name) => [name, rankOf(cache, `flux-system/${name}`)] as const,
  );
  const expected = { fleet: 0, platform: 0, new: 0, changed: 0, unknown: 0, local: 1, circle: 1, remote: 2 };
  expect(Object.fromEntries(ranks)).toEqual(expected);
});

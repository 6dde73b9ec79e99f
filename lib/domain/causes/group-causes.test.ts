import fc from "fast-check";
import { expect, test } from "vitest";
import { syncStates, type SyncState } from "../flux/sync.ts";
import { groupCauses, type Cause } from "./group-causes.ts";
import { isUnhealthy, type ClusterNode, type FluxNode, type Inventory } from "./inventory.ts";

const now = new Date("2026-11-24T12:00:00Z");
const since = "2026-11-24T11:00:00.000Z";

function cluster(id: string, more: Partial<ClusterNode> = {}): ClusterNode {
  const mark = { tone: "failed" as const, rank: 4, word: "Failing", cause: "it fails", causeKey: "fails" };
  const health = { health: "Healthy", healthReason: null, healthMessage: null };
  return { id, namespace: id, name: id, since, ...mark, ...health, ...more };
}

function flux(
  clusterId: string | null,
  name: string,
  sync: SyncState,
  more: Partial<FluxNode> = {},
): FluxNode {
  return {
    id: `${clusterId ?? ""}/${name}`,
    clusterId,
    managementClusterId: "m",
    kind: "Kustomization",
    namespace: "flux-system",
    name,
    sync,
    since,
    home: clusterId === null ? "management" : "workload",
    role: null,
    reason: null,
    message: null,
    intervalSeconds: 60,
    blockedBy: null,
    revision: "main@sha1:aaaa",
    dependsOn: [],
    sourceKind: null,
    sourceNamespace: null,
    sourceName: null,
    attemptedSha: null,
    ...more,
  };
}

const blocked = (id: string, name: string, by: string) =>
  flux(id, name, "Blocked", {
    blockedBy: `flux-system/${by}`,
    message: `dependency 'flux-system/${by}' is not ready`,
  });
const group = (clusters: ClusterNode[], objects: FluxNode[]) => groupCauses({ clusters, flux: objects }, now);
const names = (cause: Cause | undefined) => cause?.clusters.map((one) => one.cluster.name);

test("what is blocked is folded into what blocks it, over any number of steps", () => {
  const objects = [
    blocked("a", "apps", "policies"),
    blocked("a", "policies", "infra"),
    flux("a", "infra", "Failing", { message: 'variable not set (strict mode): "REGION"' }),
  ];
  const causes = group([cluster("a")], objects);
  expect(causes).toHaveLength(1);
  expect(causes[0]).toMatchObject({ entry: "variable", title: "Variable REGION is not set", number: 1 });
});

test("a ring of objects that wait for each other is a cause of its own, which names them", () => {
  const causes = group(
    [cluster("a")],
    [blocked("a", "one", "two"), blocked("a", "two", "one"), blocked("a", "three", "one")],
  );
  expect(causes.map(({ key, title }) => [key, title])).toEqual([
    ["cycle:one+two", "one and two wait for each other"],
  ]);
});

test("the same Azure error on nine clusters is one line", () => {
  const quota = {
    health: "Failed",
    healthReason: "QuotaExceeded",
    healthMessage:
      "exceeding approved standardDSv5Family Cores quota. Location: westeurope, Current Limit: 100",
  };
  const causes = group(
    Array.from({ length: 9 }, (_, index) => cluster(`c${String(index)}`, quota)),
    [],
  );
  expect(causes.map(({ key, number }) => [key, number])).toEqual([
    ["azure-quota:westeurope/standardDSv5Family", 9],
  ]);
});

test("one failing base commit on forty clusters is one line, which names the commit", () => {
  const ids = Array.from({ length: 40 }, (_, index) => `c${String(index)}`);
  const message =
    "kustomize build failed: accumulating resources: open /tmp/kustomization-12/apps/base/x.yaml: no such file or directory";
  const failing = ids.map((id) => flux(id, "apps", "Failing", { message, attemptedSha: "b82f117" }));
  const causes = group(
    ids.map((id) => cluster(id)),
    failing,
  );
  expect(causes).toHaveLength(1);
  expect(causes[0]).toMatchObject({ number: 40, commit: "b82f117" });
});

test("a shared source without artifact is one cause; the clusters behind it are blocked", () => {
  const source = flux(null, "fleet", "Failing", {
    kind: "GitRepository",
    revision: null,
    message: "failed to clone",
  });
  const starved = (id: string) =>
    flux(id, `${id}-capi`, "Failing", {
      home: "management",
      reason: "ArtifactFailed",
      message: "Source artifact not found, retrying in 5s",
      sourceKind: "GitRepository",
      sourceName: "fleet",
    });
  const causes = group([cluster("a"), cluster("b")], [source, starved("a"), starved("b")]);
  expect(causes).toHaveLength(1);
  expect(causes[0]).toMatchObject({ entry: "git-unreachable", shared: true, number: 2 });
  expect(causes[0]?.clusters.map(({ role }) => role)).toEqual(["blocked", "blocked"]);
});

test("what the provider says explains the Kustomizations that wait for the kubeconfig", () => {
  const late = {
    health: "Failed",
    healthReason: "SkuNotAvailable",
    healthMessage: "Standard_D8s_v5",
    rank: 1,
  };
  const waits = flux("a", "flux", "Failing", {
    home: "management",
    role: "flux",
    message: "unable to read KubeConfig secret 'a/a-kubeconfig' error: secrets not found",
  });
  const causes = group([cluster("a", late)], [waits]);
  expect(causes.map(({ entry }) => entry)).toEqual(["azure-size"]);
});

test("objects of the same name on two management clusters do not explain each other", () => {
  const on = (managementClusterId: string, more: Partial<FluxNode> = {}) =>
    flux(null, "infra", "Failing", { managementClusterId, message: `${managementClusterId} broke`, ...more });
  const waits = { name: "apps", sync: "Blocked", blockedBy: "flux-system/infra" } as const;
  const causes = group([], [on("east"), on("west"), on("west", waits)]);
  expect(causes.map(({ title, at }) => [title, at.length]).sort()).toEqual([
    ["east broke", 1],
    ["west broke", 1],
  ]);
});

const someName = fc.constantFrom("apps", "infra", "policies", "sources");
const someFlux = fc.record({
  id: fc.constantFrom("a", "b", "c", null),
  name: someName,
  by: someName,
  sync: fc.constantFrom(...syncStates),
  message: fc.constantFrom(null, "it broke", "dial tcp 10.0.0.1:443: connect: connection refused"),
});
const someCluster = fc.record({
  rank: fc.integer({ min: 0, max: 10 }),
  health: fc.constantFrom("Healthy", "Failed", "Unreachable", "Late", "Progressing"),
});
const inventories = fc
  .tuple(fc.array(someFlux, { maxLength: 20 }), fc.tuple(someCluster, someCluster, someCluster))
  .map(([objects, marks]): Inventory => {
    const all = objects.map(({ id, name, by, sync, message }) =>
      sync === "Blocked" && id !== null ? blocked(id, name, by) : flux(id, name, sync, { message }),
    );
    const unique = new Map(all.map((one) => [`${one.clusterId ?? ""}/${one.name}`, one]));
    return {
      clusters: ["a", "b", "c"].map((id, index) => cluster(id, marks[index])),
      flux: [...unique.values()],
    };
  });
const shape = (causes: readonly Cause[]) =>
  causes.map((cause) => [
    cause.key,
    cause.title,
    names(cause),
    cause.number,
    cause.tone,
    cause.rank,
    cause.since,
  ]);

test("every unhealthy cluster is under exactly one cause as its primary, no healthy one under any", () => {
  fc.assert(
    fc.property(inventories, (inventory) => {
      const affected = groupCauses(inventory, now).flatMap(({ clusters }) => clusters);
      for (const one of inventory.clusters) {
        const mine = affected.filter((found) => found.cluster.id === one.id);
        expect(mine.filter(({ primary }) => primary)).toHaveLength(isUnhealthy(one) ? 1 : 0);
        if (!isUnhealthy(one)) expect(mine).toEqual([]);
      }
    }),
  );
});

test("neither the order of the rows nor a healthy cluster more nor a later look changes causes or keys", () => {
  fc.assert(
    fc.property(inventories, (inventory) => {
      const expected = shape(groupCauses(inventory, now));
      const turned = {
        clusters: inventory.clusters.toReversed(),
        flux: inventory.flux.toReversed(),
      };
      expect(shape(groupCauses(turned, now))).toEqual(expected);
      const well = cluster("well", { rank: 10, tone: "healthy", word: "Healthy" });
      const more = {
        ...inventory,
        clusters: [...inventory.clusters, well],
        flux: [...inventory.flux, flux("well", "apps", "Synced")],
      };
      expect(shape(groupCauses(more, now))).toEqual(expected);
      const later = groupCauses(inventory, new Date(now.getTime() + 3_600_000));
      expect(later.map(({ key }) => key).sort()).toEqual(expected.map(([key]) => key).sort());
    }),
  );
});

test("what is blocked is never the root while its blocker is in the inventory", () => {
  fc.assert(
    fc.property(inventories, (inventory) => {
      const there = new Set(
        inventory.flux.map((one) => `${one.clusterId ?? ""}/${one.namespace}/${one.name}`),
      );
      for (const cause of groupCauses(inventory, now)) {
        if (cause.key.startsWith("cycle:")) continue;
        for (const node of cause.at) {
          if (node.of !== "flux" || node.flux.blockedBy === null) continue;
          expect(there.has(`${node.flux.clusterId ?? ""}/${node.flux.blockedBy}`)).toBe(false);
        }
      }
    }),
  );
});

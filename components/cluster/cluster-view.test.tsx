import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { queryKeys } from "@/lib/client/query-keys";
import type { ClusterDetail } from "@/lib/queries/views";
import { notFound, showView } from "@/components/testing/show-view";
import type { Answers } from "@/components/testing/show-view";
import { ClusterView } from "./cluster-view";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const cluster: ClusterDetail = {
  id: "c1",
  slug: "dev-1",
  name: "dev-1",
  namespace: "dev-1",
  environment: "development",
  region: "westeurope",
  team: "payments",
  owner: "lena.k",
  provider: "AKS",
  template: "aks-small@1",
  mark: { tone: "healthy", word: "Healthy" },
  cause: null,
  since: "2026-11-24T11:00:00Z",
  desiredVersion: "v1.34.5",
  observedVersion: "v1.34.5",
  nodesReady: 2,
  nodesLastKnown: false,
  nodesDesired: 2,
  flux: { synced: 2, total: 2, lastKnown: false },
  revision: "b82f1170a2c3",
  revisionAt: "2026-11-24T11:00:00Z",
  expiresAt: null,
  lastSeenAt: "2026-11-24T11:59:58Z",
  stale: false,
  ahead: false,
  sentence: [],
  purpose: null,
  labels: {},
  lifecycle: "Ready",
  trouble: null,
  commit: null,
  journey: { caption: "", steps: [] },
  conditions: [],
  fluxObjects: [],
  fluxNote: null,
  pools: [],
  nodes: [],
  nodesNote: null,
  workloads: [],
  workloadsNote: null,
  changes: [],
  files: [],
};

const path = "/api/v1/clusters/dev-1";
const key = queryKeys.cluster("dev-1");

function open(data: ClusterDetail) {
  const answers: Answers = { [path]: { status: 200, body: data } };
  return { answers, ...showView(<ClusterView slug="dev-1" />, answers, [[key, data]]) };
}

describe("ClusterView", () => {
  it("says in place that a cluster went away, keeps what was known and leads back", async () => {
    const { answers, refresh } = open({ ...cluster, lifecycle: "Deleting" });
    expect(screen.getByText("Healthy")).toBeDefined();
    answers[path] = notFound;
    await refresh(key);
    expect(await screen.findByText("dev-1 is no longer here")).toBeDefined();
    expect(screen.getByText(/It was being deleted/)).toBeDefined();
    expect(screen.getByText("Healthy")).toBeDefined();
    expect(screen.getByRole("link", { name: "Go to the clusters" }).getAttribute("href")).toBe("/clusters");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("goes on when a cluster of the same name comes back", async () => {
    const { answers, refresh } = open(cluster);
    answers[path] = notFound;
    await refresh(key);
    await screen.findByText("dev-1 is no longer here");
    answers[path] = { status: 200, body: { ...cluster, mark: { tone: "progress", word: "Provisioning" } } };
    await refresh(key);
    expect(await screen.findByText("Provisioning")).toBeDefined();
    expect(screen.queryByText("dev-1 is no longer here")).toBeNull();
  });

  it("says that what it shows is old when the management cluster is silent", () => {
    open({ ...cluster, stale: true, lastSeenAt: "2026-11-24T11:50:00Z", fluxNote: "Last known." });
    expect(screen.getByText(/last seen/).className).toContain("attention");
    expect(screen.getByText("Last known.")).toBeDefined();
  });

  it("says that nodes nobody counts now are the last known", () => {
    open({ ...cluster, nodesLastKnown: true });
    expect(screen.getByText("of 2 ready, last known")).toBeDefined();
  });

  it("explains its trouble whole, and leads to the failing object", () => {
    const explanation = { meaning: "A file is missing.", who: "team", fix: ["Add it."], link: null };
    const objects = [{ id: "f1", label: "Kustomization flux-system/apps", cluster: null }];
    const sentence = [{ text: "apps says: x.yaml is not there." }];
    const told = { tone: "failed" as const, title: "x.yaml is not there", aside: null, sentence };
    open({ ...cluster, trouble: { ...told, explanation, objects, commit: null } });
    expect(screen.getByText("A file is missing.")).toBeDefined();
    expect(screen.getByText("Add it.")).toBeDefined();
    const link = screen.getByRole("link", { name: "Kustomization flux-system/apps" });
    expect(link.getAttribute("href")).toBe("/reconciliation/f1");
  });

  it("says which commit runs, who wrote it, and how one gets a kubeconfig", () => {
    const commit = { sha: "b82f1170a2c3", title: "apps: Add x", author: "lena.k", at: null, change: 7 };
    const access = [{ title: "With your own Azure account", needs: "a role", commands: ["az aks get-it"] }];
    open({ ...cluster, commit, access });
    const link = screen.getByRole("link", { name: "b82f117 apps: Add x" });
    expect(link.getAttribute("href")).toBe("/commits/b82f1170a2c3");
    expect(screen.getByText("by lena.k")).toBeDefined();
    expect(screen.getByText("the portal hands out no kubeconfig")).toBeDefined();
    expect(screen.getByText("az aks get-it")).toBeDefined();
  });

  it("says that the portal failed, which is not the cluster's end", async () => {
    const { answers, refresh } = open(cluster);
    answers[path] = { status: 422, body: { code: "invalid", message: "The database is not there." } };
    await refresh(key);
    expect(await screen.findByText("The cluster could not be read")).toBeDefined();
    expect(screen.queryByText("dev-1 is no longer here")).toBeNull();
  });
});

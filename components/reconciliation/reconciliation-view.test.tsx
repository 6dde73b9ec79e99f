import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { loadFluxListParams } from "@/lib/client/flux-list-params";
import { queryKeys } from "@/lib/client/query-keys";
import type { FluxList, FluxListRow } from "@/lib/queries/flux-views";
import { showView } from "@/components/testing/show-view";
import type { Reconcile } from "./contracts";
import { ReconciliationView } from "./reconciliation-view";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const row = (name: string, more: Partial<FluxListRow> = {}): FluxListRow => ({
  id: name,
  kind: "Kustomization",
  namespace: "flux-system",
  name,
  home: "workload",
  cluster: { slug: "one", name: "one" },
  mark: { tone: "healthy", word: "Synced" },
  moving: false,
  suspended: false,
  message: null,
  revision: "main@sha1:0123456789abcdef0123456789abcdef01234567",
  since: "2026-11-24T11:00:00Z",
  demand: "none",
  ...more,
});

function show(rows: FluxListRow[], reconcile: Reconcile) {
  const list: FluxList = {
    rows,
    matched: rows.length,
    total: rows.length,
    facets: { state: [], kind: [], home: [], environment: [], team: [] },
  };
  const params = loadFluxListParams("");
  showView(<ReconciliationView reconcile={reconcile} />, {}, [[queryKeys.fluxObjects(params), list]]);
}

const never: Reconcile = () => Promise.reject(new Error("not asked"));

test("an object says its state, its cluster, its short revision, and a wish that is not met yet", () => {
  show([row("apps", { demand: "asked" }), row("infra", { cluster: null, home: "management" })], never);
  expect(screen.getByText("reconcile asked")).toBeTruthy();
  expect(screen.getAllByText("0123456")).toHaveLength(2);
  expect(screen.getByText("management")).toBeTruthy();
});

test("what clusters wrote is text, whatever it looks like", () => {
  const message = '<img src=x onerror="alert(1)">'.repeat(50);
  show([row("apps", { message, mark: { tone: "failed", word: "Failing" } })], never);
  expect(document.querySelector("img")).toBeNull();
  expect(screen.getByText(/^<img src=x/)).toBeTruthy();
});

test("chosen objects are reconciled in one go, and none is chosen afterwards", async () => {
  const asked: unknown[] = [];
  show([row("apps"), row("infra")], (input) => {
    asked.push(input);
    return Promise.resolve({ ok: true, value: { asked: 2, failed: [] } });
  });
  expect(screen.queryByRole("region", { name: "Chosen objects" })).toBeNull();
  fireEvent.click(screen.getByRole("checkbox", { name: "Choose all on this page" }));
  fireEvent.click(screen.getByRole("button", { name: "Reconcile now" }));
  await waitFor(() => {
    expect(screen.queryByRole("region", { name: "Chosen objects" })).toBeNull();
  });
  expect(asked).toEqual([{ ids: ["apps", "infra"] }]);
});

test("what nobody reads any more is unknown, with the reason, and does not seem to move", () => {
  const message = "last known: Synced; its cluster’s API server does not answer";
  show([row("apps", { mark: { tone: "unknown", word: "Unknown" }, message, moving: true })], never);
  expect(screen.getByText("Unknown")).toBeTruthy();
  expect(screen.getByText(message)).toBeTruthy();
  expect(screen.queryByRole("img", { name: "Reconciling" })).toBeNull();
});

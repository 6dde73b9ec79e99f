import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ClusterRow } from "@/lib/queries/views";
import { ClockProvider } from "@/components/ui/clock";
import { ClusterTable } from "./cluster-table";
import { shownColumns } from "./column-choice";

afterEach(cleanup);

const row = (name: string, more: Partial<ClusterRow> = {}): ClusterRow => ({
  id: name,
  slug: name,
  name,
  namespace: name,
  environment: "production",
  region: "eastus",
  team: "payments",
  owner: null,
  provider: "AKS",
  template: "aks-standard@3",
  mark: { tone: "healthy", word: "Healthy" },
  cause: null,
  since: "2026-11-24T10:00:00Z",
  desiredVersion: "v1.35.4",
  observedVersion: "v1.35.4",
  nodesReady: 3,
  nodesDesired: 3,
  flux: { synced: 4, total: 4, lastKnown: false },
  revision: "b82f1170a2c3",
  revisionAt: null,
  expiresAt: null,
  lastSeenAt: "2026-11-24T11:59:58Z",
  stale: false,
  ahead: false,
  ...more,
});

function show(rows: ClusterRow[], onSort = vi.fn()) {
  render(
    <ClockProvider now="2026-11-24T12:00:00Z">
      <ClusterTable
        rows={rows}
        sort="state"
        descending={false}
        onSort={onSort}
        shown={shownColumns(null, null)}
      />
    </ClockProvider>,
  );
  return onSort;
}

describe("ClusterTable", () => {
  it("shows each cluster with its state in words, its cause and a link to its page", () => {
    show([
      row("prod-1", {
        mark: { tone: "failed", word: "Failed" },
        cause: "quota used up",
        observedVersion: "v1.34.5",
      }),
      row("prod-2"),
    ]);
    const [, first] = screen.getAllByRole("row");
    const cells = within(first ?? document.body);
    expect(cells.getByRole("link", { name: "prod-1" }).getAttribute("href")).toBe("/clusters/prod-1");
    expect(cells.getByText("Failed")).toBeDefined();
    expect(cells.getByText("quota used up")).toBeDefined();
    expect(first?.textContent).toContain("v1.34.5 → v1.35.4");
  });

  it("never shows an old sync as the present one", () => {
    const lastSeenAt = "2026-11-24T11:19:00Z";
    show([row("dev-1", { flux: { synced: 4, total: 4, lastKnown: true }, lastSeenAt })]);
    expect(screen.getByText("last known 4/4")).toBeDefined();
    expect(document.querySelector(`time[datetime="${lastSeenAt}"]`)?.className).toContain("attention");
  });

  it("says by what it is sorted and asks for another order", () => {
    const onSort = show([row("prod-1")]);
    expect(screen.getByRole("columnheader", { name: "State" }).getAttribute("aria-sort")).toBe("ascending");
    fireEvent.click(screen.getByRole("button", { name: "Cluster" }));
    expect(onSort).toHaveBeenCalledWith("name");
  });

  it("keeps hundreds of rows out of the page", () => {
    show(Array.from({ length: 200 }, (_, index) => row(`c-${String(index)}`)));
    expect(screen.getAllByRole("link").length).toBeLessThan(120);
  });

  it("says so where nothing matches", () => {
    show([]);
    expect(screen.getByText("No cluster matches")).toBeDefined();
  });
});

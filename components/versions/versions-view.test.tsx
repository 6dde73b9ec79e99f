import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { queryKeys } from "@/lib/client/query-keys";
import type { FleetVersions } from "@/lib/domain/versions/fleet-versions";
import { supportOf } from "@/lib/domain/versions/support-of";
import { versionMatrix } from "@/lib/domain/versions/version-matrix";
import { showView } from "@/components/testing/show-view";
import { VersionsView } from "./versions-view";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const now = new Date("2026-11-24T12:00:00Z");
const of = (version: string, environment: string, count: number) => ({
  ...{ version, environment, count, provider: "AKS" },
});
const view: FleetVersions = {
  total: 8,
  matrix: versionMatrix(
    [of("v1.34.5", "production", 4), of("v1.34.4", "staging", 2), of("v1.99.0", "staging", 1)],
    now,
  ),
  unknown: { none: 1 },
  aging: {
    total: 1,
    clusters: [
      {
        ...{ slug: "pay-1", name: "pay-1", environment: "production", team: null, provider: "AKS" },
        ...{ version: "v1.34.5", support: supportOf("v1.34", "aks", now) },
      },
    ],
  },
  moves: [
    {
      ...{ from: "v1.35.7", to: "v1.35.4", environment: "production", ahead: true, count: 9 },
      clusters: [{ slug: "pay-1", name: "pay-1" }],
    },
  ],
  poolsBehind: { total: 0, pools: [] },
  flux: [
    {
      part: "source-controller",
      spread: 1,
      cells: { production: [{ version: null, count: 2 }] },
    },
  ],
  addOns: [],
  fluxUnknown: { staging: 3 },
};
const show = (data: FleetVersions) => showView(<VersionsView />, {}, [[queryKeys.versions(), data]]);

describe("Versions", () => {
  it("links every number to the clusters it counts, minors and patches alike", () => {
    show(view);
    const table = within(screen.getByRole("table", { name: "Clusters by version and environment" }));
    const address = (name: string) => table.getByRole("link", { name }).getAttribute("href");
    expect(address("4 on v1.34 in production")).toBe("/clusters?environment=production&version=v1.34");
    expect(address("2 on v1.34.4 in staging")).toBe("/clusters?environment=staging&version=v1.34.4");
    expect(address("6 on v1.34")).toBe("/clusters?version=v1.34");
  });

  it("says of each minor until when it is supported, and of one it does not know that and of which day", () => {
    show(view);
    const table = within(screen.getByRole("table", { name: "Clusters by version and environment" }));
    expect(table.getByText("Ends in 6 days")).toBeDefined();
    expect(table.getByText("until 30 Nov 2026")).toBeDefined();
    expect(table.getByText("Out of support")).toBeDefined();
    expect(table.getByText("Not in the data of 15 Sept 2026")).toBeDefined();
  });

  it("puts what leaves support before all else", () => {
    show(view);
    const headings = screen.getAllByRole("heading", { level: 2 }).map(({ textContent }) => textContent);
    expect(headings[0]).toContain("Out of support");
  });

  it("tells a cluster ahead of Git from an upgrade, and what is not known from what is not there", () => {
    show(view);
    expect(screen.getByText("Ahead of Git")).toBeDefined();
    expect(screen.getByText(/and 8 more/)).toBeDefined();
    expect(screen.getByText("not known")).toBeDefined();
    expect(screen.getByText(/3 in staging/)).toBeDefined();
    expect(screen.getByText("Every pool runs its control plane’s version.")).toBeDefined();
  });

  it("says so where there is no cluster", () => {
    show({ ...view, total: 0 });
    expect(screen.getByText("No cluster here yet")).toBeDefined();
  });
});

import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { FluxRow } from "@/lib/queries/views";
import { FluxGraph } from "./flux-graph";

afterEach(cleanup);

const row = (id: string, after: string[] = []): FluxRow => ({
  id,
  kind: "Kustomization",
  namespace: "flux-system",
  name: id,
  home: "workload",
  depth: 0,
  after,
  mark: { tone: "healthy", word: "Synced" },
  moving: false,
  message: null,
  blockedBy: null,
  revision: null,
  since: "2026-11-24T11:00:00Z",
});

describe("FluxGraph", () => {
  it("gives each object a link that says its state and what comes before it", () => {
    render(<FluxGraph label="On this cluster" objects={[row("apps", ["infra"]), row("infra")]} />);
    const links = screen.getAllByRole("link");
    // In reading order: what others wait for comes first, by keyboard too.
    expect(links.map((link) => link.getAttribute("aria-label"))).toEqual([
      "Kustomization infra, Synced",
      "Kustomization apps, Synced, after infra",
    ]);
    expect(links[1]?.getAttribute("href")).toBe("/reconciliation/apps");
    expect(screen.getByRole("list", { name: "On this cluster" })).toBeDefined();
  });

  it("says that there is none instead of an empty picture", () => {
    render(<FluxGraph label="On this cluster" objects={[]} />);
    expect(screen.getByText("No Flux object here.")).toBeDefined();
  });
});

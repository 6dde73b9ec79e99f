import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { showView } from "@/components/testing/show-view";
import { queryKeys } from "@/lib/client/query-keys";
import { countTones } from "@/lib/domain/timeline/strip";
import type { FleetTimeline } from "@/lib/domain/timeline/timeline-views";
import { Strip } from "./strip";
import { stretchesOf } from "./stretches-of";
import { TimelineView } from "./timeline-view";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const strip = "0".repeat(4) + "1".repeat(90) + "88";
const view: FleetTimeline = {
  ...{ range: "24h", from: "2026-11-23T12:00:00.000Z", to: "2026-11-24T12:00:00.000Z" },
  ...{ bucketMs: 900_000, since: "2026-11-23T13:00:00.000Z" },
  rows: [{ slug: "pay-1", name: "pay-1", environment: "production", strip }],
  counts: countTones([strip], 96),
};

describe("Timeline", () => {
  it("gives each cluster one tab stop, whose stretches say word and duration, gaps included", async () => {
    showView(<TimelineView />, {}, [[queryKeys.timeline("24h"), view]]);
    const list = screen.getByLabelText("pay-1 over time");
    const buttons = [...list.querySelectorAll("button")];
    expect(buttons.map((one) => one.tabIndex)).toEqual([0, -1, -1]);
    expect(buttons.map((one) => one.getAttribute("aria-label")?.split(",")[0])).toEqual([
      "Not recorded",
      "Healthy",
      "Failed",
    ]);
    buttons[0]?.focus();
    fireEvent.keyDown(list, { key: "ArrowRight" });
    expect(document.activeElement).toBe(buttons[1]);
    expect(await screen.findByText(/pay-1: Healthy/)).toBeDefined();
    expect(document.querySelectorAll("table tbody")).toHaveLength(96);
  });

  it("an interval that ended before the next began leaves a gap between them", () => {
    const segment = (value: string, from: string, to: string) => ({
      ...{ value, tone: "healthy" as const, detail: null, from, to, seenUntil: to },
    });
    const stretches = stretchesOf(
      [
        segment("Healthy", "2026-11-23T10:00:00Z", "2026-11-23T14:00:00Z"),
        segment("Healthy", "2026-11-23T16:00:00Z", "2026-11-24T12:00:00Z"),
      ],
      view,
      String,
    );
    expect(stretches.map(({ tone, weight }) => [tone, weight / 3_600_000])).toEqual([
      ["healthy", 2],
      [null, 2],
      ["healthy", 20],
    ]);
    render(<Strip label="x" stretches={stretches} />);
    expect(screen.getAllByRole("listitem")).toHaveLength(3);
  });
});

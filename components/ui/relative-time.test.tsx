import { act, cleanup, render, screen } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ClockProvider } from "./clock";
import { formatAge, formatDuration } from "./format-time";
import { RelativeTime } from "./relative-time";

const now = "2026-11-24T12:00:00.000Z";

describe("formatAge and formatDuration", () => {
  it.each([
    [-5, "0 s"],
    [59_000, "59 s"],
    [14 * 60_000, "14 min"],
    [47 * 3_600_000, "47 h"],
    [6 * 86_400_000, "6 d"],
  ])("says %d ms as %s", (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });

  it.each([
    [38, "38 s"],
    [252, "4 min 12 s"],
    [125, "2 min 05 s"],
    [1260, "21 min"],
    [7500, "2 h 05 min"],
  ])("says %d seconds as %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe("RelativeTime", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date(now) });
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  it("is rendered from the server's clock, without a zone, so that both sides agree", () => {
    const html = renderToString(
      <ClockProvider now="2026-11-24T11:30:00Z">
        <RelativeTime at="2026-11-24T11:16:00Z" ago />
      </ClockProvider>,
    );
    expect(html).toContain("14 min ago");
    expect(html).not.toContain("title=");
  });

  it("ticks while the page is open and has the exact time on hover", () => {
    render(
      <ClockProvider now={now}>
        <RelativeTime at="2026-11-24T11:59:50.000Z" />
      </ClockProvider>,
    );
    const time = screen.getByRole("time");
    expect(time.textContent).toMatch(/^1[01] s$/);
    expect(time.title).toContain("24 Nov 2026");
    act(() => {
      vi.advanceTimersByTime(20_000);
    });
    expect(time.textContent).toMatch(/^3[01] s$/);
  });
});

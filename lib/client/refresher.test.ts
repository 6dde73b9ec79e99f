import { describe, expect, it, vi } from "vitest";
import { createRefresher } from "./refresher.ts";

describe("createRefresher", () => {
  it("reads a view at most four times a second, and once more for events that came meanwhile", async () => {
    vi.useFakeTimers();
    const invalidateQueries = vi.fn(() => Promise.resolve());
    const refresh = createRefresher({ invalidateQueries });
    for (let at = 0; at < 1_000; at += 10) {
      refresh(["fleet"]);
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(invalidateQueries.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(invalidateQueries.mock.calls.length).toBeLessThanOrEqual(6);
    vi.useRealTimers();
  });

  it("never reads a view twice at the same time, and loses no event of a slow read", async () => {
    vi.useFakeTimers();
    let running = 0;
    let most = 0;
    const invalidateQueries = vi.fn(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      running -= 1;
    });
    const refresh = createRefresher({ invalidateQueries });
    refresh(["clusters"]);
    await vi.advanceTimersByTimeAsync(1_000);
    refresh(["clusters"]);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(most).toBe(1);
    expect(invalidateQueries).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });
});

import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PageFailure } from "./page-failure";

let status = 503;
const onBack = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("{}", { status })));
  onBack.mockReset();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const show = (databaseAway: boolean) =>
  render(
    <PageFailure
      databaseAway={databaseAway}
      title="This page could not be made"
      digest="4711"
      onRetry={vi.fn()}
      onBack={onBack}
    />,
  );

test.each([true, false])(
  "a page without its database says so and comes back by itself (known: %s)",
  async (known) => {
    status = 503;
    show(known);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(screen.getByText("The database cannot be reached")).toBeDefined();
    expect(screen.getByText(/tried again.*You stay signed in/)).toBeDefined();
    expect(onBack).not.toHaveBeenCalled();
    status = 200;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(onBack).toHaveBeenCalledTimes(1);
  },
);

test("another failure is not blamed on the database, and the page is not loaded in circles", async () => {
  status = 200;
  show(false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(screen.getByText(/number in the log is 4711/)).toBeDefined();
  expect(screen.queryByText(/database/)).toBeNull();
  expect(onBack).not.toHaveBeenCalled();
});

import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { NoRole } from "./no-role";

const refresh = vi.hoisted(() => vi.fn());
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));
vi.mock("next-auth/react", () => ({ signOut: vi.fn() }));
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

test("who has no role is told where roles come from", () => {
  render(<NoRole login="sam.o" notice={null} trouble={null} />);
  expect(screen.getByRole("heading").textContent).toBe("You have no role in this fleet, sam.o");
  expect(screen.queryByRole("status")).toBeNull();
});

test("nobody is told that he has no role while the forge cannot say it, and it is asked again", () => {
  vi.useFakeTimers();
  const trouble = { sentence: "The forge is in trouble (503).", at: new Date().toISOString() };
  render(<NoRole login="jonas.w" notice={null} trouble={trouble} />);
  expect(screen.getByRole("heading").textContent).toBe("Your role cannot be read now, jonas.w");
  expect(screen.getByRole("status").textContent).toMatch(/The forge is in trouble \(503\)\. Asked/);
  expect(document.body.textContent).not.toMatch(/no role/);
  vi.advanceTimersByTime(10_000);
  expect(refresh).toHaveBeenCalled();
});

import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { AuditFilters } from "./audit-filters";

afterEach(cleanup);

test("of the three filters only the one that `/` leads to says so", () => {
  render(<AuditFilters params={{ person: "", cluster: "", change: null }} onChange={vi.fn()} />);
  const named = screen.getAllByRole("textbox").filter((box) => box.hasAttribute("aria-keyshortcuts"));
  expect(named.map((box) => box.getAttribute("aria-label"))).toEqual(["Filter by person"]);
  expect(screen.getAllByText("/")).toHaveLength(1);
});

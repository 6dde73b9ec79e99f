import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { FluxRow } from "@/lib/queries/views";
import { FluxState } from "./flux-state";

afterEach(cleanup);

const object = (mark: FluxRow["mark"]): FluxRow => ({
  ...{ id: "1", kind: "Kustomization", namespace: "flux-system", name: "apps", home: "workload", depth: 0 },
  ...{ mark, moving: true, message: null, blockedBy: "flux-system/infra", revision: null, since: "" },
});

test("an object that waits says for what, and that it moves", () => {
  render(<FluxState object={object({ tone: "blocked", word: "Blocked" })} />);
  expect(screen.getByText("Blocked by infra")).toBeTruthy();
  expect(screen.getByRole("img", { name: "Reconciling" })).toBeTruthy();
});

test("of an object that nobody reads neither what it waits for nor a movement is told", () => {
  render(<FluxState object={object({ tone: "unknown", word: "Unknown" })} />);
  expect(screen.getByText("Unknown")).toBeTruthy();
  expect(screen.queryByText(/infra/)).toBeNull();
  expect(screen.queryByRole("img", { name: "Reconciling" })).toBeNull();
});

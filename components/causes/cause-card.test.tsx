import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { TroubleView } from "@/lib/queries/views";
import { ClockProvider } from "@/components/ui/clock";
import { CauseCard } from "./cause-card";

afterEach(cleanup);

const cause: TroubleView = {
  key: "missing:apps",
  tone: "failed",
  title: "x.yaml is not there",
  sentence: [{ text: "dev-1 · apps failing." }],
  since: "2026-11-24T11:00:00Z",
  clusters: [{ slug: "dev-1", name: "dev-1" }],
  explanation: {
    meaning: "kustomize was told to read a file that is not there.",
    who: "team",
    fix: ["Add the file.", "Or take it off the list."],
    link: "https://kubectl.docs.kubernetes.io/references/kustomize/",
  },
  objects: [{ id: "0198", label: "Kustomization flux-system/apps", cluster: "dev-1" }],
  commit: {
    sha: "b82f1170a2c3",
    title: "apps: Add x",
    author: "lena.k",
    at: "2026-11-24T10:59:00Z",
    change: 214,
  },
};

const show = (shown: TroubleView | null) =>
  render(
    <ClockProvider now="2026-11-24T12:00:00Z">
      <CauseCard cause={shown} />
    </ClockProvider>,
  );

describe("CauseCard", () => {
  it("says what it means, who can end it and how, and where to read on", () => {
    show(cause);
    expect(screen.getByText("kustomize was told to read a file that is not there.")).toBeDefined();
    expect(screen.getByText("The team that owns what is applied can end it.")).toBeDefined();
    const steps = within(screen.getByRole("list", { name: "What to do" })).getAllByRole("listitem");
    expect(steps.map(({ textContent }) => textContent)).toEqual([
      "Add the file.",
      "Or take it off the list.",
    ]);
    const link = screen.getByRole("link", { name: "Read more at kubectl.docs.kubernetes.io" });
    expect(link.getAttribute("href")).toBe(cause.explanation?.link);
  });

  it("leads to the failing object and to the commit", () => {
    show(cause);
    const object = screen.getByRole("link", { name: "Kustomization flux-system/apps" });
    expect(object.getAttribute("href")).toBe("/reconciliation/0198");
    const commit = screen.getByRole("link", { name: "b82f117 apps: Add x" });
    expect(commit.getAttribute("href")).toBe("/commits/b82f1170a2c3");
  });

  it("says that a cause is over instead of an empty list without reason", () => {
    show(null);
    expect(screen.getByText(/Nothing is in trouble for this cause any more/)).toBeDefined();
  });

  it("shows an error nobody knows without advice made up", () => {
    show({ ...cause, explanation: null, objects: [], commit: null });
    expect(screen.queryByRole("list")).toBeNull();
    expect(screen.getByText("x.yaml is not there")).toBeDefined();
  });
});

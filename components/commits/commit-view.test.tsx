import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { queryKeys } from "@/lib/client/query-keys";
import type { CommitClusterRow, CommitDetail } from "@/lib/queries/commit-views";
import { showView, type Answers } from "@/components/testing/show-view";
import { CommitView } from "./commit-view";

vi.mock("@/components/shell/page-header", () => ({
  PageHeader: ({ title }: { title: string }) => <h1>{title}</h1>,
}));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const sha = "0123456789abcdef0123456789abcdef01234567";
const row = (name: string, more: Partial<CommitClusterRow> = {}): CommitClusterRow => ({
  id: name,
  slug: name,
  name,
  team: "payments",
  environment: "production",
  state: "applied",
  mark: { tone: "healthy", word: "Applied" },
  reason: null,
  object: null,
  appliedAt: "2026-11-24T11:58:38Z",
  seconds: 38,
  ...more,
});
const late = row("prod-weu-2", {
  state: "straggler",
  mark: { tone: "suspended", word: "Suspended" },
  reason: "apps is suspended",
  object: "0197f3a2-0000-7000-8000-000000000009",
  appliedAt: null,
  seconds: null,
});
const commit = (more: Partial<CommitDetail> = {}): CommitDetail => ({
  sha,
  title: "Raise ingress-nginx <b>to 5</b>",
  author: "Nadia",
  at: "2026-11-24T11:58:00Z",
  change: 42,
  reach: { known: "known", total: 2, applied: 1, p50: 38, p95: 38 },
  behindHead: 0,
  files: ["apps/base/ingress.yaml"],
  fileCount: 1,
  url: null,
  clusters: [late, row("prod-weu-1")],
  ...more,
});

function show(detail: CommitDetail) {
  const answers: Answers = { [`/api/v1/commits/${sha}`]: { status: 200, body: detail } };
  const view = showView(<CommitView sha={sha} />, answers, [[queryKeys.commit(sha), detail]]);
  return { answers, refresh: () => view.refresh(["commit"]) };
}

describe("CommitView", () => {
  it("says how many clusters have the commit, how fast, and what holds up the others", () => {
    show(commit());
    expect(screen.getByRole("status").textContent).toContain("Reached 1 of 2 · 1 held up");
    expect(screen.queryByText("p50 38 s · p95 38 s from the merge")).not.toBeNull();
    const rows = within(screen.getByRole("table")).getAllByRole("row").slice(1);
    expect(rows.map((one) => one.textContent)).toEqual([
      expect.stringMatching(/^prod-weu-2.*Suspended.*apps is suspended/),
      expect.stringMatching(/^prod-weu-1.*Applied.*38 s$/),
    ]);
    expect(screen.getByRole("link", { name: "change #42" }).getAttribute("href")).toBe("/changes/42");
    expect(screen.getByRole("link", { name: "apps is suspended" }).getAttribute("href")).toBe(
      "/reconciliation/0197f3a2-0000-7000-8000-000000000009",
    );
    expect(screen.queryByText("Raise ingress-nginx <b>to 5</b>")).not.toBeNull();
  });

  it("moves when a cluster applies it", async () => {
    const { answers, refresh } = show(commit());
    const clusters = [row("prod-weu-1"), row("prod-weu-2", { seconds: 90 })];
    const reach = { known: "known" as const, total: 2, applied: 2, p50: 38, p95: 90 };
    answers[`/api/v1/commits/${sha}`] = { status: 200, body: commit({ clusters, reach }) };
    await refresh();
    await waitFor(() => {
      expect(screen.getByRole("status").textContent).toContain("Reached 2 of 2");
    });
    expect(screen.queryByText("1 min 30 s")).not.toBeNull();
  });

  it.each([
    ["known", "Reaches no cluster"],
    ["pending", "Clusters are being worked out"],
    ["not-followed", "Older than what is followed"],
  ] as const)("does not take nothing for everything: %s", (known, words) => {
    show(commit({ clusters: [], reach: { known, total: 0, applied: 0, p50: null, p95: null } }));
    expect(screen.getByRole("status").textContent).toContain(words);
    expect(screen.queryByRole("table")).toBeNull();
  });
});

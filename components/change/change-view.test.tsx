import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { queryKeys } from "@/lib/client/query-keys";
import type { Failure } from "@/lib/domain/result";
import type { ChangeDetail } from "@/lib/queries/views";
import { notFound, showView } from "@/components/testing/show-view";
import type { Answers } from "@/components/testing/show-view";
import { ChangeView } from "./change-view";
import type { DecisionActions } from "./decision";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: vi.fn() }) }));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const change: ChangeDetail = {
  number: 7,
  title: "Create dev-1",
  state: "open",
  draft: false,
  kind: "create",
  mark: { tone: "waiting", word: "Waits for approval" },
  sentence: "1 approval missing",
  author: "lena.k",
  requestedBy: null,
  clusters: ["dev-1"],
  teams: ["payments"],
  openedAt: "2026-11-24T11:59:00Z",
  updatedAt: "2026-11-24T11:59:00Z",
  url: "https://forge/acme/fleet/pull/7",
  repositoryUrl: "https://forge/acme/fleet",
  lead: [],
  badges: [],
  why: "A place to try the importer.",
  body: "",
  files: [],
  additions: 0,
  deletions: 0,
  checks: [],
  approvals: { needed: 1, given: [], sentence: "1 approval missing" },
  actions: [],
  decisionNote: "",
  parameters: [],
  journeys: [],
  headSha: "b82f1170a2c3",
  mergeCommit: null,
};

const never = () => Promise.reject(new Error("not asked for"));
const decide: DecisionActions = {
  "approve-and-merge": never,
  approve: never,
  merge: never,
  "request-changes": never,
  close: never,
};
const path = "/api/v1/changes/7";
const key = queryKeys.change(7);

describe("ChangeView", () => {
  it("waits for a pull request that is not read yet, and shows it once the stream says so", async () => {
    const answers: Answers = {};
    const { refresh } = showView(<ChangeView number={7} known={false} decide={decide} />, answers);
    expect(screen.getByText("There is nothing here yet")).toBeDefined();
    await refresh(key);
    expect(screen.getByText("There is nothing here yet")).toBeDefined();
    answers[path] = { status: 200, body: change };
    await refresh(key);
    expect(await screen.findByText("A place to try the importer.")).toBeDefined();
    expect(screen.queryByText("There is nothing here yet")).toBeNull();
  });

  it("says in place that a change is no longer this person's, and keeps what was known", async () => {
    const answers: Answers = { [path]: { status: 200, body: change } };
    const { refresh } = showView(<ChangeView number={7} known decide={decide} />, answers, [[key, change]]);
    answers[path] = notFound;
    await refresh(key);
    expect(await screen.findByText("#7 is no longer here")).toBeDefined();
    expect(screen.getByText("A place to try the importer.")).toBeDefined();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("says what the forge refused, with the page where one can lift it", async () => {
    const body = { ...change, actions: [{ action: "approve", allowed: true, reason: null }] };
    const cureUrl = "https://github.com/orgs/acme/sso?authorization_request=x";
    const refused: Failure = { ok: false, code: "forbidden", message: "Sign on first.", cureUrl };
    const approve = () => Promise.resolve(refused);
    showView(<ChangeView number={7} known decide={{ ...decide, approve }} />, {
      [path]: { status: 200, body },
    });
    fireEvent.click(await screen.findByRole("button", { name: "Approve only" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Sign on first.");
    expect(screen.getByRole("link", { name: "Mend it on the forge" }).getAttribute("href")).toBe(cureUrl);
  });
});

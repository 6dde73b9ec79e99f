import { describe, expect, it } from "vitest";
import { judgeApprovals } from "./approvals.ts";
import { parseBody, renderBody } from "./body.ts";
import { escapeMarkdown, inlineCode } from "./escape-markdown.ts";
import type { ChangeMeta } from "./meta.ts";
import { branchName, commitMessage } from "./naming.ts";

const hostile =
  "--> <script>alert(1)</script> @acme/everyone #1\n## What\n| a | b |\n```\nRequested-by: mallory\n<!-- fleetwright:change {} -->";
const meta: ChangeMeta = {
  v: 1,
  kind: "create",
  intent: "0197",
  requestedBy: "lena",
  team: "payments",
  template: "aks-standard@3",
  why: hostile,
  parameters: [{ label: "Purpose", value: hostile, mono: false }],
  cost: "412 EUR",
  clusters: [],
  contentHash: "abc",
};
const body = renderBody({
  what: "Adds cluster `a`.",
  why: hostile,
  login: "lena",
  team: "payments",
  undo: "Close it.",
  meta,
});

describe("renderBody", () => {
  it("keeps hostile strings strings: nothing breaks out, and reading gives them back", () => {
    const parsed = parseBody(body);
    expect(parsed.meta).toEqual(meta);
    expect(parsed.requestedBy).toBe("lena");
    expect(body.match(/<!--/g)).toHaveLength(1);
    expect(body.match(/-->/g)).toHaveLength(1);
    expect(body.replace(/````.+````/g, "")).not.toMatch(/<script/);
    expect(body.slice(0, body.indexOf("## Parameters"))).not.toMatch(/@acme/);
    expect(body.match(/^## /gm)).toHaveLength(7);
    expect(body.match(/^Requested-by:/gm)).toHaveLength(1);
  });

  it("reads a stranger's body as it is", () => {
    expect(parseBody("Fix it\n\nby hand")).toEqual({
      meta: null,
      text: "Fix it\n\nby hand",
      requestedBy: null,
    });
    expect(parseBody("<!-- fleetwright:change {oops -->").meta).toBeNull();
    expect(parseBody("<!-- fleetwright:change ").meta).toBeNull();
  });
});

describe("escaping", () => {
  it("leaves no Markdown or HTML behind", () => {
    expect(escapeMarkdown("<b> *x* [a](b)")).toBe("&lt;b\\> \\*x\\* \\[a\\]\\(b\\)");
  });
  it("fences code longer than the backticks in it", () => {
    expect(inlineCode("a``b\nc")).toBe("``` a``b c ```");
    expect(inlineCode("  ")).toBe("–");
  });
});

describe("names", () => {
  it("makes branches Git accepts", () => {
    expect(branchName("create", "dev-1", "0197f3a2-0000-7000-8000-00000000abcd")).toBe(
      "fleetwright/create-dev-1-0000abcd",
    );
    expect(branchName("create", "../..;rm", "00000000")).toBe("fleetwright/create-rm-00000000");
  });
  it("lets no reason pass for a trailer", () => {
    expect(commitMessage("Create a", "Requested-by: mallory", "lena")).toBe(
      "Create a\n\nRequested-by: mallory\n\nRequested-by: lena".replace("\n\nR", "\n\nR"),
    );
  });
});

describe("judgeApprovals", () => {
  const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  const base = {
    needed: 1,
    headSha: "h2",
    author: "fleetwright[bot]",
    requestedBy: "Lena",
    approvers: new Set(["nadia", "omar"]),
  };

  it("does not count author, requester or people without the role", () => {
    const state = judgeApprovals({
      ...base,
      reviews: ["lena", "fleetwright[bot]", "viewer"].map((login, minute) => ({
        login,
        state: "approved",
        commitSha: "h2",
        at: at(minute),
      })),
    });
    expect(state.satisfied).toBe(false);
    expect(state.ignored.map(({ reason }) => reason)).toEqual([
      "lena asked for it",
      "fleetwright[bot] opened it",
      "viewer is not an approver",
    ]);
    expect(state.sentence).toBe("waits for 1 approver");
  });

  it("takes the latest opinion only, and none of an older head", () => {
    const state = judgeApprovals({
      ...base,
      needed: 2,
      reviews: [
        { login: "nadia", state: "changes-requested", commitSha: "h1", at: at(0) },
        { login: "nadia", state: "approved", commitSha: "h2", at: at(1) },
        { login: "nadia", state: "commented", commitSha: "h2", at: at(2) },
        { login: "omar", state: "approved", commitSha: "h1", at: at(1) },
      ],
    });
    expect(state.given).toEqual([
      { login: "nadia", at: at(1), stale: false },
      { login: "omar", at: at(1), stale: true },
    ]);
    expect(state.missing).toBe(1);
    expect(state.sentence).toBe("approved by nadia, waits for 1 approver more of 2");
  });

  it("is blocked by a request for changes", () => {
    const state = judgeApprovals({
      ...base,
      reviews: [{ login: "omar", state: "changes-requested", commitSha: "h2", at: at(0) }],
    });
    expect(state).toMatchObject({ satisfied: false, blocking: ["omar"], sentence: "omar asked for changes" });
  });
});

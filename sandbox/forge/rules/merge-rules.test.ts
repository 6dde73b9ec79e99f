import { describe, expect, it } from "vitest";
import type { Protection } from "../state/state.ts";
import { mergeRefusals, notAuthorized } from "./merge-rules.ts";
import type { CheckStanding, MergeFacts, Opinion } from "./merge-rules.ts";

const protection: Protection = {
  reviews: {
    requiredApprovals: 1,
    requireCodeOwners: true,
    dismissStale: true,
    requireLastPushApproval: true,
  },
  checks: null,
  enforceAdmins: true,
  restrictions: null,
  linearHistory: false,
  allowForcePushes: false,
  allowDeletions: false,
};

const approval: Opinion = { login: "anna", state: "APPROVED", canWrite: true, afterLastPush: true };

const ready: MergeFacts = {
  protection,
  callerIsAdmin: false,
  callerMayPush: true,
  author: "rita",
  lastPusher: "rita",
  opinions: [approval],
  owners: [{ names: ["acme/fleet-approvers"], approved: true }],
  checks: [],
  behind: false,
};

const tooFew = "At least 1 approving review is required by reviewers with write access.";
const lastPush = "New changes require approval from someone other than the last pusher.";

function checks(...standings: CheckStanding[]): Partial<MergeFacts> {
  return { checks: standings.map((standing, index) => ({ context: `c${String(index + 1)}`, standing })) };
}

describe("what stands between a pull request and its merge", () => {
  it.each<[string, Partial<MergeFacts>, string[]]>([
    ["nothing, when all is given", {}, []],
    ["nothing on an unprotected branch", { protection: null, opinions: [] }, []],
    ["no approval", { opinions: [] }, [tooFew, lastPush]],
    [
      "an approval without write access",
      { opinions: [{ ...approval, canWrite: false }] },
      [tooFew, lastPush],
    ],
    ["the author's own approval", { author: "anna", lastPusher: "bob" }, [tooFew, lastPush]],
    [
      "one approval of two",
      {
        protection: {
          ...protection,
          reviews: {
            requiredApprovals: 2,
            requireCodeOwners: false,
            dismissStale: false,
            requireLastPushApproval: false,
          },
        },
      },
      ["At least 2 approving reviews are required by reviewers with write access."],
    ],
    ["an approval before the last push", { opinions: [{ ...approval, afterLastPush: false }] }, [lastPush]],
    ["an approval by the last pusher", { lastPusher: "anna" }, [lastPush]],
    [
      "requested changes",
      { opinions: [approval, { ...approval, login: "adam", state: "CHANGES_REQUESTED" }] },
      ["Changes have been requested."],
    ],
    [
      "code owners, named once",
      {
        owners: [
          { names: ["acme/a"], approved: false },
          { names: ["bob", "acme/a"], approved: false },
        ],
      },
      ["Waiting on code owner review from acme/a and/or bob."],
    ],
    ["no right to push", { callerMayPush: false }, [notAuthorized]],
    ["rules for administrators too", { callerIsAdmin: true, opinions: [] }, [tooFew, lastPush]],
    [
      "nothing for administrators when they are exempt",
      { callerIsAdmin: true, opinions: [], protection: { ...protection, enforceAdmins: false } },
      [],
    ],
    ["a check never reported", checks("expected"), [`Required status check "c1" is expected.`]],
    ["a failed check", checks("failing"), [`Required status check "c1" is failing.`]],
    [
      "a check by a stranger",
      checks("foreign"),
      [`Required status check "c1" was not set by the expected GitHub app.`],
    ],
    ["passing checks", checks("passing", "passing"), []],
    [
      "two checks in one state",
      checks("expected", "expected"),
      ["2 of 2 required status checks are expected."],
    ],
    [
      "two checks in two states",
      checks("expected", "pending"),
      ["2 of 2 required status checks have not succeeded: 1 expected and 1 pending."],
    ],
    [
      "one of three failing",
      checks("passing", "failing", "passing"),
      ["1 of 3 required status checks have not succeeded: 1 failing."],
    ],
  ])("%s", (_name, change, sentences) => {
    expect(mergeRefusals({ ...ready, ...change })).toEqual(sentences);
  });
});

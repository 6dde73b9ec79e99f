import { describe, expect, test } from "vitest";
import { roles, type Role } from "./actor.ts";
import { can, type ChangeTarget, type ChangeVerb, type ObjectVerb, type SettingsVerb } from "./can.ts";
import { actorOf, cells, subjects, teams, type Subject, type Team } from "./testing/matrix.ts";

const target = (team: Team, more: Partial<ChangeTarget> = {}): ChangeTarget => ({
  number: 7,
  state: "open",
  draft: false,
  author: "somebody",
  requestedBy: null,
  teams: team === "none" ? [] : [team],
  ...more,
});

/** Who may, of what he sees. A verb without a row here does not compile. */
const deciders: Record<ChangeVerb, readonly Subject[]> = {
  see: roles,
  approve: ["approver"],
  merge: ["approver"],
  "request-changes": ["approver"],
  close: ["approver", "platform-engineer"],
};
const verbs = Object.keys(deciders) as ChangeVerb[];

const keepers: Record<SettingsVerb, readonly Subject[]> = {
  "see-health": ["platform-engineer"],
  "see-jobs": ["platform-engineer"],
  "retry-job": ["platform-engineer"],
  "discard-job": ["platform-engineer"],
  "see-people": ["platform-engineer"],
  "end-sessions": ["platform-engineer"],
  "see-trail": roles,
};

describe("what may be done to a change", () => {
  const all = cells.flatMap(([subject, team, sees]) =>
    verbs.map((verb) => [subject, verb, team, sees && deciders[verb].includes(subject)] as const),
  );

  test.each(all)("%s, %s, team %s: %s", (subject, verb, team, expected) => {
    expect(can(actorOf(subject), verb, target(team)).yes).toBe(expected);
  });

  test.each(roles)("%s sees and closes his own whatever its team, and never approves it", (role) => {
    const own = target("search", { author: "Lena.K" });
    expect(can(actorOf(role), "see", own).yes).toBe(true);
    expect(can(actorOf(role), "close", own).yes).toBe(true);
    for (const asked of [own, target("search", { requestedBy: "lena.k" })]) {
      expect(can(actorOf(role), "approve", asked).yes).toBe(false);
      expect(can(actorOf(role), "request-changes", asked).yes).toBe(false);
    }
  });

  test("who has no role sees and closes not even his own", () => {
    for (const verb of verbs) {
      const own = target("payments", { author: "lena.k", requestedBy: "lena.k" });
      expect(can(actorOf("nobody"), verb, own).yes, verb).toBe(false);
    }
  });

  test("what Fleetwright opened for him is closed by others, or by himself where his role closes any", () => {
    const asked = target("payments", { author: "fleetwright[bot]", requestedBy: "lena.k" });
    const closers = subjects.filter((subject) => can(actorOf(subject), "close", asked).yes);
    expect(closers).toEqual(deciders.close);
  });

  test.each(verbs)("%s: a merged or closed one is only seen", (verb) => {
    for (const state of ["merged", "closed"] as const) {
      for (const role of roles) {
        expect(can(actorOf(role), verb, target("payments", { state })).yes).toBe(verb === "see");
      }
    }
  });

  const pairs = roles.flatMap((one, index) => roles.slice(index + 1).map((other) => [one, other] as const));
  test.each(pairs)("roles add up: %s and %s may what either may, no more", (one, other) => {
    for (const team of teams) {
      for (const verb of verbs) {
        const alone = [one, other].map((role: Role) => can(actorOf(role), verb, target(team)).yes);
        expect(
          can({ ...actorOf(one), roles: [one, other] }, verb, target(team)).yes,
          `${verb} of ${team}`,
        ).toBe(alone.includes(true));
      }
    }
  });
});

test.each(subjects.flatMap((subject) => ["payments", "search"].map((team) => [subject, team] as const)))(
  "%s asks for a cluster of %s only where the role and the team allow it",
  (subject, team) => {
    const requestable =
      subject === "platform-engineer" ? ["payments", "search"] : subject === "requester" ? ["payments"] : [];
    expect(can(actorOf(subject), "request-cluster", { team, requestable }).yes).toBe(
      requestable.includes(team),
    );
  },
);

test.each(
  subjects.flatMap((subject) =>
    (Object.keys(keepers) as SettingsVerb[]).map(
      (verb) => [subject, verb, keepers[verb].includes(subject)] as const,
    ),
  ),
)("in Settings: %s, %s: %s", (subject, verb, expected) => {
  expect(can(actorOf(subject), verb, "settings").yes).toBe(expected);
});

/** A verb without a row here does not compile. A requester reconciles what is his team's, which is all he sees. */
const doers: Record<ObjectVerb, readonly Subject[]> = {
  "see-object": roles,
  reconcile: ["platform-engineer", "requester"],
};

test.each(
  cells.flatMap(([subject, team, sees]) =>
    (Object.keys(doers) as ObjectVerb[]).map(
      (verb) => [subject, verb, team, sees && doers[verb].includes(subject)] as const,
    ),
  ),
)("an object on a cluster: %s, %s, team %s: %s", (subject, verb, team, expected) => {
  const object = { cluster: "one", team: team === "none" ? null : team };
  expect(can(actorOf(subject), verb, object).yes).toBe(expected);
});

test("a viewer of the fleet who is a requester too reconciles his team's objects only", () => {
  const actor = { ...actorOf("requester"), roles: ["viewer", "requester"] satisfies Role[] };
  expect(can(actor, "reconcile", { cluster: "one", team: "payments" }).yes).toBe(true);
  expect(can(actor, "reconcile", { cluster: "two", team: "search" }).yes).toBe(false);
  expect(can(actor, "reconcile", { cluster: null, team: null }).yes).toBe(false);
});

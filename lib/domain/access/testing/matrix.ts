import { roles, type Actor, type Role } from "../actor.ts";

/** The rows of the access matrix: each role alone, and somebody without any. */
export type Subject = Role | "nobody";
export const subjects: Subject[] = [...roles, "nobody"];

/** Own team, another team, and none: of clusters and of changes. */
export const teams = ["payments", "search", "none"] as const;
export type Team = (typeof teams)[number];

/** Whose cluster it is below the team: annotation `fleetwright.dev/owner`, which is who asked for it. */
export const owners = ["lena.k", "somebody"] as const;
export type Owner = (typeof owners)[number];

/** Lena of the team payments, in one role. */
export const actorOf = (subject: Subject): Actor => ({
  userId: subject,
  login: "lena.k",
  name: "Lena",
  image: null,
  roles: subject === "nobody" ? [] : [subject],
  teams: ["payments"],
});

/** Decisions §4: viewer, approver and platform engineer see the fleet; a requester alone his team's; nobody else. */
export const seen: Record<Subject, readonly Team[]> = {
  viewer: teams,
  requester: ["payments"],
  approver: teams,
  "platform-engineer": teams,
  nobody: [],
};

/** Role × team, and whether what is of that team is seen. */
export const cells = subjects.flatMap((subject) =>
  teams.map((team) => [subject, team, seen[subject].includes(team)] as const),
);

/** Roles of fleet.yaml (`access.roles`); they add up. */
export const roles = ["viewer", "requester", "approver", "platform-engineer"] as const;
export type Role = (typeof roles)[number];

/** What the person must know of his own sign-in, and the address where he himself puts it right. */
export interface Notice {
  sentence: string;
  cure: { url: string; label: string };
}

/** The newest failure of the forge that is nothing the person can cure: what it was, and when. */
export interface ForgeTrouble {
  sentence: string;
  at: Date;
}

/** The signed-in person, with what fleet.yaml makes of his org teams. */
export interface Actor {
  userId: string;
  login: string;
  name: string;
  image: string | null;
  roles: Role[];
  /** Values of the label `fleetwright.dev/team` he belongs to. */
  teams: string[];
  /** Where the forge does not confirm his rights at present. */
  notice?: Notice | null;
  /** Where the forge failed the last call made as him. */
  trouble?: ForgeTrouble | null;
}

/** Which clusters and changes an actor may see (decisions §4). */
export type Scope = { all: true } | { all: false; teams: string[] };

/** Viewers, approvers and platform engineers see the fleet; a requester alone only his teams; nobody else anything. */
export function scopeOf(actor: Pick<Actor, "roles" | "teams">): Scope {
  const wide = actor.roles.some((role) => role !== "requester");
  if (wide) return { all: true };
  return { all: false, teams: actor.roles.includes("requester") ? actor.teams : [] };
}

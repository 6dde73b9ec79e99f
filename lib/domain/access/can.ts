import { scopeOf, type Actor } from "./actor.ts";

/** A pull request as the policy sees it. */
export interface ChangeTarget {
  number: number;
  state: "open" | "merged" | "closed";
  draft: boolean;
  author: string;
  requestedBy: string | null;
  /** Teams in base or head. */
  teams: readonly string[];
}

export type ChangeVerb = "see" | "approve" | "merge" | "request-changes" | "close";
export type Verdict = { yes: true } | { yes: false; reason: string };

const yes: Verdict = { yes: true };
const no = (reason: string): Verdict => ({ yes: false, reason });
const same = (a: string, b: string | null): boolean => a.toLowerCase() === b?.toLowerCase();

function canOnChange(actor: Actor, verb: ChangeVerb, target: ChangeTarget): Verdict {
  if (actor.roles.length === 0) return no("You have no role in this fleet.");
  const scope = scopeOf(actor);
  const asked = same(actor.login, target.requestedBy);
  const opened = same(actor.login, target.author);
  const seen = scope.all || asked || opened || target.teams.some((team) => scope.teams.includes(team));
  if (!seen) return no("There is no such change, or it belongs to another team.");
  if (verb === "see") return yes;
  if (target.state === "merged") return no(`#${String(target.number)} is merged already.`);
  if (target.state === "closed")
    return no(`#${String(target.number)} is closed; reopen it on the forge first.`);
  if (verb === "close") {
    if (opened || actor.roles.includes("approver") || actor.roles.includes("platform-engineer")) return yes;
    return no(
      asked
        ? "Fleetwright opened it for you; ask an approver to close it."
        : "Only its author or an approver may close it.",
    );
  }
  if (!actor.roles.includes("approver")) return no("Only approvers may do this; your role is another one.");
  if (verb === "approve" || verb === "request-changes") {
    const deed = verb === "approve" ? "approve" : "review";
    if (asked) return no(`You asked for this change, so somebody else must ${deed} it.`);
    if (opened) return no(`You opened this pull request, so somebody else must ${deed} it.`);
  }
  if (verb === "merge" && target.draft)
    return no("It is still a draft; mark it ready for review on the forge first.");
  return yes;
}

/** A cluster that is asked for: whose, and whose the person may ask for (requestableTeams of fleet.yaml). */
interface ClusterWish {
  team: string;
  requestable: readonly string[];
}

/** Whether the person may ask for a cluster of this team (decisions §4). */
function canRequestCluster(actor: Actor, { team, requestable }: ClusterWish): Verdict {
  if (!actor.roles.some((role) => role === "requester" || role === "platform-engineer")) {
    return no("Asking for a cluster needs the role requester or platform engineer in fleet.yaml.");
  }
  if (requestable.includes(team)) return yes;
  return no(
    requestable.length === 0
      ? "You belong to no team that fleet.yaml names (access.teams), so there is nobody to ask for."
      : `You may ask for clusters of ${requestable.join(", ")} only.`,
  );
}

export type SettingsVerb =
  "see-health" | "see-jobs" | "retry-job" | "discard-job" | "see-people" | "end-sessions" | "see-trail";

/**
 * What a person may read and do in Settings. How the portal itself works is the platform engineers'; the audit trail
 * is everybody's who has a role, each row by its team (decisions §4).
 */
function canOnSettings(actor: Actor, verb: SettingsVerb): Verdict {
  if (actor.roles.length === 0) return no("You have no role in this fleet.");
  if (verb === "see-trail" || actor.roles.includes("platform-engineer")) return yes;
  return no("This is for platform engineers; your role is another one.");
}

/** An object on a cluster: the cluster's team decides; without one (the management cluster's own) only wide roles see it. */
interface ObjectTarget {
  cluster: string | null;
  team: string | null;
}

export type ObjectVerb = "see-object" | "reconcile";

/**
 * Who sees a cluster sees its objects (decisions §4). To have one reconciled now is the platform engineers' right, and
 * a requester's on his teams' clusters: Flux would do the same by itself a little later.
 */
function canOnObject(actor: Actor, verb: ObjectVerb, { team }: ObjectTarget): Verdict {
  const scope = scopeOf(actor);
  const seen = scope.all || (team !== null && scope.teams.includes(team));
  if (!seen) return no("There is no such object, or it belongs to another team.");
  if (verb === "see-object" || actor.roles.includes("platform-engineer")) return yes;
  if (actor.roles.includes("requester") && team !== null && actor.teams.includes(team)) return yes;
  return no("Reconciling needs the role platform engineer, or requester of the cluster's team.");
}

type Targets = Record<ChangeVerb, ChangeTarget> &
  Record<ObjectVerb, ObjectTarget> &
  Record<SettingsVerb, "settings"> & { "request-cluster": ClusterWish };
type Verb = keyof Targets;

const rules: { [V in Verb]: (actor: Actor, target: Targets[V]) => Verdict } = {
  see: (actor, change) => canOnChange(actor, "see", change),
  approve: (actor, change) => canOnChange(actor, "approve", change),
  merge: (actor, change) => canOnChange(actor, "merge", change),
  "request-changes": (actor, change) => canOnChange(actor, "request-changes", change),
  close: (actor, change) => canOnChange(actor, "close", change),
  "request-cluster": canRequestCluster,
  "see-health": (actor) => canOnSettings(actor, "see-health"),
  "see-jobs": (actor) => canOnSettings(actor, "see-jobs"),
  "retry-job": (actor) => canOnSettings(actor, "retry-job"),
  "discard-job": (actor) => canOnSettings(actor, "discard-job"),
  "see-people": (actor) => canOnSettings(actor, "see-people"),
  "end-sessions": (actor) => canOnSettings(actor, "end-sessions"),
  "see-trail": (actor) => canOnSettings(actor, "see-trail"),
  "see-object": (actor, object) => canOnObject(actor, "see-object", object),
  reconcile: (actor, object) => canOnObject(actor, "reconcile", object),
};

/**
 * May this person do this? The one place that decides, asked by every use case and query; what lists and counts leave
 * out is {@link scopeOf}. It is what our own rules say before the forge is asked: the forge's protection stays the
 * authority (decisions §1). A reason is a whole sentence for the person.
 */
export function can<V extends Verb>(actor: Actor, verb: V, target: Targets[V]): Verdict {
  return rules[verb](actor, target);
}

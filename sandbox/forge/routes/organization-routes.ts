import { surroundings } from "../events/emit.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import type { AppNeed } from "../http/caller.ts";
import { paginate } from "../http/paginate.ts";
import { param } from "../http/route.ts";
import type { Call, Route } from "../http/route.ts";
import { installationShape } from "../shapes/check.ts";
import { fullOrganizationShape, fullTeamShape, membershipShape, teamShape } from "../shapes/organization.ts";
import { userShape } from "../shapes/user.ts";
import type { Team } from "../state/state.ts";
import { findPerson, findTeam, isOwner } from "../state/people.ts";

const members: readonly AppNeed[] = [["members", "read"]];

/** `/orgs/{org}…`: members, teams and who is in them; teams also by id, where their URLs point. */
export const organizationRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/orgs/:org",
    access: "public",
    handle: (call) => {
      checkOrganization(call);
      return { body: fullOrganizationShape(call.world) };
    },
  },
  {
    method: "GET",
    path: "/orgs/:org/members",
    access: "signed-in",
    app: members,
    handle: (call) => {
      checkOrganization(call);
      return paginate(call, call.world.store.state.people, (person) => userShape(call.world, person.login));
    },
  },
  {
    method: "GET",
    path: "/orgs/:org/members/:login",
    access: "signed-in",
    app: members,
    handle: (call) => {
      checkOrganization(call);
      if (findPerson(call.world.store.state, param(call, "login")) === undefined) {
        throw notFound("User does not exist or is not a member of the organization");
      }
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: "/orgs/:org/memberships/:login",
    access: "signed-in",
    app: members,
    handle: (call) => {
      checkOrganization(call);
      const person = findPerson(call.world.store.state, param(call, "login"));
      if (person === undefined) throw notFound();
      return { body: membershipShape(call.world, person.login) };
    },
  },
  {
    method: "GET",
    path: "/orgs/:org/teams",
    access: "signed-in",
    app: members,
    handle: (call) => {
      checkOrganization(call);
      return paginate(call, call.world.store.state.teams, (team) => teamShape(call.world, team));
    },
  },
  {
    method: "GET",
    path: "/orgs/:org/installation",
    access: "app",
    handle: (call) => {
      checkOrganization(call);
      return { body: installationShape(call.world) };
    },
  },
  ...teamRoutes("/orgs/:org/teams/:slug"),
  ...teamRoutes("/organizations/:orgId/team/:teamId"),
];

function teamRoutes(path: string): Route[] {
  return [
    ...membershipChanges(path),
    {
      method: "GET",
      path,
      access: "signed-in",
      app: members,
      handle: (call) => ({ body: fullTeamShape(call.world, teamOf(call)) }),
    },
    {
      method: "GET",
      path: `${path}/members`,
      access: "signed-in",
      app: members,
      handle: (call) => paginate(call, teamOf(call).members, (login) => userShape(call.world, login)),
    },
    {
      method: "GET",
      path: `${path}/memberships/:login`,
      access: "signed-in",
      app: members,
      handle: (call) => {
        const team = teamOf(call);
        const login = findPerson(call.world.store.state, param(call, "login"))?.login ?? "";
        if (!team.members.includes(login)) throw notFound();
        const role = isOwner(call.world.store.state, login) ? "maintainer" : "member";
        const url = `${String(teamShape(call.world, team).url)}/memberships/${login}`;
        return { body: { state: "active", role, url } };
      },
    },
  ];
}

function membershipChanges(path: string): Route[] {
  return [
    {
      method: "PUT",
      path: `${path}/memberships/:login`,
      access: "signed-in",
      app: [["members", "write"]],
      handle: (call) => {
        const team = changeMembership(call, "added");
        const url = `${String(teamShape(call.world, team).url)}/memberships/${param(call, "login")}`;
        return { body: { state: "active", role: "member", url } };
      },
    },
    {
      method: "DELETE",
      path: `${path}/memberships/:login`,
      access: "signed-in",
      app: [["members", "write"]],
      handle: (call) => {
        changeMembership(call, "removed");
        return { status: 204 };
      },
    },
  ];
}

/** Puts a person into a team or takes him out, and tells the hooks; owners only. */
function changeMembership(call: Call, action: "added" | "removed"): Team {
  const { world } = call;
  const team = teamOf(call);
  const person = findPerson(world.store.state, param(call, "login"));
  if (person === undefined) throw notFound();
  if (call.caller.kind === "person" && !isOwner(world.store.state, call.login)) {
    throw new ApiError(
      403,
      "You must be an organization owner or team maintainer to update this membership.",
    );
  }
  const others = team.members.filter((login) => login !== person.login);
  team.members = action === "added" ? [...others, person.login] : others;
  world.store.save();
  world.deliverer.emit("membership", {
    action,
    scope: "team",
    member: userShape(world, person.login),
    team: teamShape(world, team),
    ...surroundings(world, call.login),
  });
  return team;
}

function checkOrganization(call: Call): void {
  if (param(call, "org").toLowerCase() !== call.world.store.state.organization.login.toLowerCase())
    throw notFound();
}

function teamOf(call: Call): Team {
  const { state } = call.world.store;
  const byId = state.teams.find((team) => String(team.id) === call.params.teamId);
  if (byId !== undefined && call.params.orgId === String(state.organization.id)) return byId;
  checkOrganization(call);
  const team = findTeam(state, param(call, "slug"));
  if (team === undefined) throw notFound();
  return team;
}

import { notByIntegration, notFound } from "../http/api-error.ts";
import { paginate } from "../http/paginate.ts";
import { param } from "../http/route.ts";
import type { Call, Route } from "../http/route.ts";
import { fullTeamShape, membershipShape, organizationShape } from "../shapes/organization.ts";
import { profileShape, userShape } from "../shapes/user.ts";
import { findPerson, isBot } from "../state/people.ts";

/** `/user…` and `/users/{login}`. An installation is nobody's user. */
export const userRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/user",
    access: "signed-in",
    handle: (call) => ({ body: profileShape(call.world, person(call), true) }),
  },
  {
    method: "GET",
    path: "/user/emails",
    access: "signed-in",
    handle: (call) => {
      const { email } = findPerson(call.world.store.state, person(call)) ?? { email: "" };
      return { body: [{ email, primary: true, verified: true, visibility: "private" }] };
    },
  },
  {
    method: "GET",
    path: "/user/orgs",
    access: "signed-in",
    handle: (call) => {
      person(call);
      return { body: [organizationShape(call.world)] };
    },
  },
  {
    method: "GET",
    path: "/user/teams",
    access: "signed-in",
    handle: (call) => {
      const login = person(call);
      const teams = call.world.store.state.teams.filter((team) => team.members.includes(login));
      return paginate(call, teams, (team) => fullTeamShape(call.world, team));
    },
  },
  {
    method: "GET",
    path: "/user/memberships/orgs",
    access: "signed-in",
    handle: (call) => ({ body: [membershipShape(call.world, person(call))] }),
  },
  {
    method: "GET",
    path: "/user/memberships/orgs/:org",
    access: "signed-in",
    handle: (call) => {
      if (param(call, "org") !== call.world.store.state.organization.login) throw notFound();
      return { body: membershipShape(call.world, person(call)) };
    },
  },
  {
    method: "GET",
    path: "/users/:login",
    access: "public",
    handle: (call) => {
      const { state } = call.world.store;
      const login = param(call, "login");
      const known = findPerson(state, login)?.login ?? (isBot(state, login) ? login : null);
      if (known !== null) return { body: profileShape(call.world, known, false) };
      if (login !== state.organization.login) throw notFound();
      return { body: userShape(call.world, login) };
    },
  },
];

function person(call: Call): string {
  if (call.caller.kind !== "person") throw notByIntegration();
  return call.caller.login;
}

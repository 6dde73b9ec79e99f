import type { Team } from "../state/state.ts";
import type { World } from "../world.ts";
import { isOwner } from "../state/people.ts";
import type { Json } from "./user.ts";
import { nodeId, userShape } from "./user.ts";

/** GitHub's `organization-simple`. */
export function organizationShape(world: World): Json {
  const { login, id } = world.store.state.organization;
  const url = `${world.api}/orgs/${login}`;
  return {
    login,
    id,
    node_id: nodeId("O", id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.url}/avatars/${String(id)}`,
    description: null,
  };
}

/** `GET /orgs/{org}`. */
export function fullOrganizationShape(world: World): Json {
  const { login, createdAt } = world.store.state.organization;
  return {
    ...organizationShape(world),
    name: login,
    html_url: `${world.url}/${login}`,
    type: "Organization",
    has_organization_projects: false,
    has_repository_projects: false,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: createdAt,
    updated_at: createdAt,
    archived_at: null,
    default_repository_permission: "none",
  };
}

/** GitHub's `team`. */
export function teamShape(world: World, team: Team): Json {
  const { organization } = world.store.state;
  const url = `${world.api}/organizations/${String(organization.id)}/team/${String(team.id)}`;
  return {
    id: team.id,
    node_id: nodeId("T", team.id),
    name: team.name,
    slug: team.slug,
    description: null,
    privacy: "closed",
    notification_setting: "notifications_enabled",
    type: "organization",
    organization_id: organization.id,
    permission: team.permission,
    url,
    html_url: `${world.url}/orgs/${organization.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    parent: null,
  };
}

/** `GET /orgs/{org}/teams/{slug}` and the items of `GET /user/teams`. */
export function fullTeamShape(world: World, team: Team): Json {
  const { createdAt } = world.store.state.organization;
  return {
    ...teamShape(world, team),
    created_at: createdAt,
    updated_at: createdAt,
    members_count: team.members.length,
    repos_count: 1,
    organization: fullOrganizationShape(world),
  };
}

/** A person's membership of the organisation. */
export function membershipShape(world: World, login: string): Json {
  const { organization } = world.store.state;
  const url = `${world.api}/orgs/${organization.login}`;
  return {
    url: `${url}/memberships/${login}`,
    state: "active",
    role: isOwner(world.store.state, login) ? "admin" : "member",
    organization_url: url,
    organization: organizationShape(world),
    user: userShape(world, login),
    direct_membership: true,
    enterprise_teams_providing_indirect_membership: [],
  };
}

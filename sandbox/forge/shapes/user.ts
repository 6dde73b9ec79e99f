import type { World } from "../world.ts";
import { findPerson, isBot } from "../state/people.ts";

export type Json = Record<string, unknown>;

/** GitHub's `simple-user` for a person, the organisation, the App's bot, or GitHub's own `web-flow`. */
export function userShape(world: World, login: string): Json {
  const { state } = world.store;
  if (isBot(state, login)) return account(world, login, state.app.botId, "Bot");
  if (login === state.organization.login) return account(world, login, state.organization.id, "Organization");
  const person = findPerson(state, login);
  if (person !== undefined) return account(world, person.login, person.id, "User");
  return account(world, login, 19_864_447, "User");
}

/** The `user` of `GET /users/{login}`, and with `own` the private fields of `GET /user`. */
export function profileShape(world: World, login: string, own: boolean): Json {
  const person = findPerson(world.store.state, login);
  const profile = {
    ...userShape(world, login),
    name: person?.name ?? null,
    company: null,
    blog: "",
    location: null,
    email: own ? (person?.email ?? null) : null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: person?.createdAt ?? world.store.state.organization.createdAt,
    updated_at: person?.createdAt ?? world.store.state.organization.createdAt,
  };
  if (!own) return profile;
  return {
    ...profile,
    private_gists: 0,
    total_private_repos: 1,
    owned_private_repos: 0,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: true,
  };
}

/** The login of the person with this e-mail address; commits carry addresses, GitHub maps them to accounts. */
export function loginOfEmail(world: World, email: string): string | null {
  const { state } = world.store;
  if (email === botEmail(world)) return `${state.app.slug}[bot]`;
  if (email === "noreply@github.com") return "web-flow";
  const wanted = email.toLowerCase();
  return state.people.find((person) => person.email.toLowerCase() === wanted)?.login ?? null;
}

/** The address GitHub gives the App's bot. */
export function botEmail(world: World): string {
  const { app } = world.store.state;
  return `${String(app.botId)}+${app.slug}[bot]@users.noreply.github.com`;
}

/** `R_`, `U_`, …: opaque node ids, stable for the same kind and id. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(String(id)).toString("base64url")}`;
}

function account(world: World, login: string, id: number, type: string): Json {
  const url = `${world.api}/users/${encodeURIComponent(login)}`;
  const page = login.endsWith("[bot]") ? `apps/${login.slice(0, -5)}` : login;
  return {
    login,
    id,
    node_id: nodeId(type === "User" ? "U" : type.charAt(0), id),
    avatar_url: `${world.url}/avatars/${String(id)}`,
    gravatar_id: "",
    url,
    html_url: `${world.url}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: "public",
    site_admin: false,
  };
}

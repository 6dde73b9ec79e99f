import { ForgeError, type Forge, type ForgeUser, type Permission } from "../forge.ts";
import { calling, finding, type GitHubScope } from "./scope.ts";

type PeopleCalls = Pick<Forge, "viewer" | "teamsOfViewer" | "teamMembers" | "permissionOf">;

const permissions: readonly string[] = ["none", "read", "triage", "write", "maintain", "admin"];
const isPermission = (text: string): text is Permission => permissions.includes(text);

/** Who the calls of a scope are made as. */
export function viewerOf({ client, appSlug }: GitHubScope): Promise<ForgeUser> {
  return calling(async () => {
    if (appSlug !== null) {
      const slug = await appSlug();
      return { id: 0, login: `${slug}[bot]`, name: slug, email: null, avatarUrl: null };
    }
    const { data } = await client.users.getAuthenticated();
    return { id: data.id, login: data.login, name: data.name, email: data.email, avatarUrl: data.avatar_url };
  });
}

/** Who somebody is and what he may do. */
export function peopleCalls(scope: GitHubScope): PeopleCalls {
  const { client, owner, repo } = scope;
  return {
    viewer: () => viewerOf(scope),
    teamsOfViewer: () =>
      calling(async () => {
        const pages = client.paginate.iterator(client.teams.listForAuthenticatedUser, { per_page: 100 });
        const slugs: string[] = [];
        for await (const { data, headers } of pages) {
          await refusePartial(scope, headers["x-github-sso"]);
          const own = data.filter((team) => team.organization.login.toLowerCase() === owner.toLowerCase());
          slugs.push(...own.map((team) => team.slug));
        }
        return slugs.sort();
      }),
    teamMembers: async (slug) => {
      const members = await finding(() =>
        client.paginate(client.teams.listMembersInOrg, { org: owner, team_slug: slug, per_page: 100 }),
      );
      return (members ?? []).map((member) => member.login);
    },
    permissionOf: async (login) => {
      const answer = await finding(() =>
        client.repos.getCollaboratorPermissionLevel({ owner, repo, username: login }),
      );
      const role = answer?.data.role_name ?? answer?.data.permission ?? "none";
      return isPermission(role) ? role : "read";
    },
  };
}

/** Under SAML a list lacks the organisation's rows and says so only here: a person without teams would have no role. */
async function refusePartial({ client, owner }: GitHubScope, sso: unknown): Promise<void> {
  const ids = /^partial-results;\s*organizations=([\d,]+)/.exec(typeof sso === "string" ? sso : "")?.[1];
  if (ids === undefined) return;
  const { data } = await client.orgs.get({ org: owner });
  if (!ids.split(",").includes(String(data.id))) return;
  const cureUrl = new URL(`/orgs/${owner}/sso`, data.html_url).href;
  throw new ForgeError("forbidden", `Your organisation asks for single sign-on first: ${cureUrl}.`, {
    status: 200,
    cureUrl,
  });
}

import type { Forge, Permission } from "../forge.ts";
import { calling, finding, type GitHubScope } from "./scope.ts";

type PeopleCalls = Pick<Forge, "viewer" | "teamsOfViewer" | "teamMembers" | "permissionOf">;

const permissions: readonly string[] = ["none", "read", "triage", "write", "maintain", "admin"];
const isPermission = (text: string): text is Permission => permissions.includes(text);

/** Who somebody is and what he may do. */
export function peopleCalls({ client, owner, repo, appSlug }: GitHubScope): PeopleCalls {
  return {
    viewer: () =>
      calling(async () => {
        if (appSlug !== null) {
          const slug = await appSlug();
          return { id: 0, login: `${slug}[bot]`, name: slug, email: null, avatarUrl: null };
        }
        const { data } = await client.users.getAuthenticated();
        return {
          id: data.id,
          login: data.login,
          name: data.name,
          email: data.email,
          avatarUrl: data.avatar_url,
        };
      }),
    teamsOfViewer: () =>
      calling(async () => {
        const teams = await client.paginate(client.teams.listForAuthenticatedUser, { per_page: 100 });
        const own = teams.filter((team) => team.organization.login.toLowerCase() === owner.toLowerCase());
        return own.map((team) => team.slug).sort();
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

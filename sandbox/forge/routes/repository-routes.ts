import { ApiError, notFound } from "../http/api-error.ts";
import { paginate } from "../http/paginate.ts";
import { param } from "../http/route.ts";
import type { Call, Route } from "../http/route.ts";
import { readCodeOwners } from "../rules/read-code-owners.ts";
import { teamShape } from "../shapes/organization.ts";
import { fullRepositoryShape, permissionsShape } from "../shapes/repository.ts";
import { userShape } from "../shapes/user.ts";
import { renameRepository } from "../state/rename.ts";
import { now } from "../state/now.ts";
import type { ForgePermission } from "../../contracts.ts";
import type { World } from "../world.ts";
import { findPerson, isBot, roleOf } from "../state/people.ts";

const roleNames: Record<ForgePermission, string> = {
  pull: "read",
  triage: "triage",
  push: "write",
  maintain: "maintain",
  admin: "admin",
};

/** The repository itself and who may do what in it. */
export const repositoryRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "",
    access: { repository: "pull" },
    handle: (call) => ({ body: fullRepositoryShape(call.world, roleOfCaller(call)) }),
  },
  {
    method: "PATCH",
    path: "",
    access: { repository: "admin" },
    app: [["administration", "write"]],
    handle: (call) => {
      const { repository } = call.world.store.state;
      const { body } = call;
      renameRepository(call.world.store.state, body.text("name") ?? repository.name);
      repository.description = body.text("description") ?? repository.description;
      repository.allowMergeCommit = body.flag("allow_merge_commit") ?? repository.allowMergeCommit;
      repository.allowSquashMerge = body.flag("allow_squash_merge") ?? repository.allowSquashMerge;
      repository.allowRebaseMerge = body.flag("allow_rebase_merge") ?? repository.allowRebaseMerge;
      repository.deleteBranchOnMerge = body.flag("delete_branch_on_merge") ?? repository.deleteBranchOnMerge;
      repository.allowAutoMerge = body.flag("allow_auto_merge") ?? repository.allowAutoMerge ?? true;
      repository.updatedAt = now();
      call.world.store.save();
      return { body: fullRepositoryShape(call.world, roleOfCaller(call)) };
    },
  },
  {
    method: "GET",
    path: "/teams",
    access: { repository: "pull" },
    app: [["metadata", "read"]],
    handle: (call) => paginate(call, call.world.store.state.teams, (team) => teamShape(call.world, team)),
  },
  {
    method: "GET",
    path: "/collaborators",
    access: { repository: "push" },
    app: [["metadata", "read"]],
    handle: (call) => {
      const { people } = call.world.store.state;
      const able = people.filter((person) => roleOf(call.world.store.state, person.login) !== null);
      return paginate(call, able, (person) => collaboratorShape(call.world, person.login));
    },
  },
  {
    method: "GET",
    path: "/collaborators/:login",
    access: { repository: "pull" },
    app: [["metadata", "read"]],
    handle: (call) => {
      const person = findPerson(call.world.store.state, param(call, "login"));
      if (person === undefined || roleOf(call.world.store.state, person.login) === null) throw notFound();
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: "/collaborators/:login/permission",
    access: { repository: "pull" },
    app: [["metadata", "read"]],
    handle: (call) => {
      const { state } = call.world.store;
      const login = findPerson(state, param(call, "login"))?.login ?? param(call, "login");
      if (findPerson(state, login) === undefined && !isBot(state, login)) {
        throw notFound(`${login} is not a user`);
      }
      const role = roleOf(state, login);
      return {
        body: {
          permission: role === null ? "none" : coarse(role),
          user: { ...collaboratorShape(call.world, login) },
          role_name: role === null ? "none" : roleNames[role],
        },
      };
    },
  },
  {
    method: "GET",
    path: "/codeowners/errors",
    access: { repository: "pull" },
    app: [["contents", "read"]],
    handle: async (call) => {
      const rules = await readCodeOwners(call.world.gitDir, call.world.store.state.repository.defaultBranch);
      if (rules.length === 0) throw notFound();
      return { body: { errors: [] } };
    },
  },
  {
    method: "GET",
    path: "/issues",
    access: { repository: "pull" },
    app: [["issues", "read"]],
    handle: () => {
      throw new ApiError(410, "Issues are disabled for this repo");
    },
  },
];

/** The caller's role; an App's installation has what its permissions say. */
export function roleOfCaller(call: Call): ForgePermission | null {
  const { caller } = call;
  if (caller.kind === "person") return roleOf(call.world.store.state, caller.login);
  return caller.kind === "installation" ? (caller.app.contents === "write" ? "push" : "pull") : null;
}

function collaboratorShape(world: World, login: string): Record<string, unknown> {
  const role = roleOf(world.store.state, login);
  return {
    ...userShape(world, login),
    permissions: permissionsShape(role),
    role_name: role === null ? "none" : roleNames[role],
  };
}

/** `permission` knows only the old four levels. */
function coarse(role: ForgePermission): string {
  if (role === "admin") return "admin";
  return role === "push" || role === "maintain" ? "write" : "read";
}

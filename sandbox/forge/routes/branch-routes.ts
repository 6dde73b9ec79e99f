import { readCommit } from "../git/commits.ts";
import { listRefs, readRef } from "../git/refs.ts";
import { notFound } from "../http/api-error.ts";
import { linkHeader, paginate } from "../http/paginate.ts";
import { param } from "../http/route.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { commitShape } from "../shapes/commit.ts";
import { protectionShape, readProtection } from "../shapes/protection.ts";
import { repositoryUrl } from "../shapes/repository.ts";
import { fullName } from "../state/people.ts";

const administration = [["administration", "read"]] as const;

/** Branches and their classic protection. */
export const branchRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/branches",
    access: { repository: "pull" },
    app: [["contents", "read"]],
    handle: list,
  },
  {
    method: "GET",
    path: "/branches/:branch",
    access: { repository: "pull" },
    app: [["contents", "read"]],
    handle: get,
  },
  {
    method: "GET",
    path: "/branches/:branch/protection",
    access: { repository: "admin" },
    app: administration,
    handle: (call) => {
      const protection = call.world.store.state.protections[param(call, "branch")];
      if (protection === undefined) throw notFound("Branch not protected");
      return { body: protectionShape(call.world, param(call, "branch"), protection) };
    },
  },
  {
    method: "PUT",
    path: "/branches/:branch/protection",
    access: { repository: "admin" },
    app: [["administration", "write"]],
    handle: async (call) => {
      const branch = param(call, "branch");
      if ((await readRef(call.world.gitDir, `refs/heads/${branch}`)) === null)
        throw notFound("Branch not found");
      const protection = readProtection(call.body);
      call.world.store.state.protections[branch] = protection;
      call.world.store.save();
      return { body: protectionShape(call.world, branch, protection) };
    },
  },
  {
    method: "DELETE",
    path: "/branches/:branch/protection",
    access: { repository: "admin" },
    app: [["administration", "write"]],
    handle: (call) => {
      const { protections } = call.world.store.state;
      const branch = param(call, "branch");
      if (protections[branch] === undefined) throw notFound("Branch not protected");
      call.world.store.state.protections = Object.fromEntries(
        Object.entries(protections).filter(([name]) => name !== branch),
      );
      call.world.store.save();
      return { status: 204 };
    },
  },
];

async function list(call: Call): Promise<Answer> {
  const { protections } = call.world.store.state;
  const refs = await listRefs(call.world.gitDir, "refs/heads/");
  const wanted = refs.filter((ref) => {
    const isProtected = protections[ref.name.slice(11)] !== undefined;
    return call.query.protected === undefined || String(isProtected) === call.query.protected;
  });
  const answer = paginate(call, wanted, (ref) => {
    const name = ref.name.slice(11);
    return {
      name,
      commit: { sha: ref.sha, url: `${repositoryUrl(call.world)}/commits/${ref.sha}` },
      protected: protections[name] !== undefined,
    };
  });
  return { ...answer, headers: linkHeader(call, wanted.length) };
}

async function get(call: Call): Promise<Answer> {
  const { world } = call;
  const name = param(call, "branch");
  const sha = await readRef(world.gitDir, `refs/heads/${name}`);
  if (sha === null) throw notFound("Branch not found");
  const protection = world.store.state.protections[name];
  const checks = protection?.checks?.required ?? [];
  const url = `${repositoryUrl(world)}/branches/${encodeURIComponent(name)}`;
  return {
    body: {
      name,
      commit: commitShape(world, await readCommit(world.gitDir, sha)),
      _links: { self: url, html: `${world.url}/${fullName(world.store.state)}/tree/${name}` },
      protected: protection !== undefined,
      protection: {
        enabled: protection !== undefined,
        required_status_checks: {
          enforcement_level:
            checks.length === 0 ? "off" : protection?.enforceAdmins === true ? "everyone" : "non_admins",
          contexts: checks.map((check) => check.context),
          checks: checks.map((check) => ({ context: check.context, app_id: check.appId })),
        },
      },
      protection_url: `${url}/protection`,
    },
  };
}

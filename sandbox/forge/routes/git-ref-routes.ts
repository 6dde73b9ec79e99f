import { refMoved } from "../events/refs-moved.ts";
import { isAncestor } from "../git/commits.ts";
import { objectType } from "../git/objects.ts";
import { isValidRefName, listRefs, nullSha, readRef, updateRef } from "../git/refs.ts";
import type { Ref } from "../git/refs.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { paginate } from "../http/paginate.ts";
import { param } from "../http/route.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { pushRule } from "../rules/direct-push.ts";
import { rulesetRefusal } from "../rules/ruleset.ts";
import { repositoryUrl } from "../shapes/repository.ts";
import type { Json } from "../shapes/user.ts";
import { nodeId } from "../shapes/user.ts";
import type { World } from "../world.ts";

const read = [["contents", "read"]] as const;
const write = [["contents", "write"]] as const;

/** `git/ref(s)`: reading, making, moving and deleting refs. */
export const gitRefRoutes: readonly Route[] = [
  { method: "GET", path: "/git/ref/*", access: { repository: "pull" }, app: read, handle: get },
  {
    method: "GET",
    path: "/git/matching-refs/*",
    access: { repository: "pull" },
    app: read,
    handle: matching,
  },
  { method: "GET", path: "/git/refs", access: { repository: "pull" }, app: read, handle: matching },
  { method: "POST", path: "/git/refs", access: { repository: "push" }, app: write, handle: create },
  { method: "PATCH", path: "/git/refs/*", access: { repository: "push" }, app: write, handle: update },
  { method: "DELETE", path: "/git/refs/*", access: { repository: "push" }, app: write, handle: remove },
];

async function get(call: Call): Promise<Answer> {
  const name = `refs/${param(call, "path")}`;
  const ref = (await listRefs(call.world.gitDir, name)).find((candidate) => candidate.name === name);
  if (ref === undefined) throw notFound();
  return { body: refShape(call.world, ref) };
}

async function matching(call: Call): Promise<Answer> {
  const refs = await listRefs(call.world.gitDir, `refs/${param(call, "path")}`);
  return paginate(call, refs, (ref) => refShape(call.world, ref));
}

async function create(call: Call): Promise<Answer> {
  const { world, body } = call;
  const name = body.string("ref");
  const sha = body.string("sha");
  if (name.split("/").length < 3 || !name.startsWith("refs/")) {
    throw unprocessable("Reference name must contain at least three slash-separated components.");
  }
  if (!(await isValidRefName(world.gitDir, name))) throw unprocessable(`${name} is not a valid ref name.`);
  return world.writes.add(async () => {
    const type = await objectType(world.gitDir, sha);
    if (type === null) throw unprocessable("Object does not exist");
    if ((await readRef(world.gitDir, name)) !== null) throw unprocessable("Reference already exists");
    if (!/^refs\/(heads|tags)\//.test(name) || type !== "commit")
      throw unprocessable("Reference update failed");
    if (!(await updateRef(world.gitDir, name, sha, nullSha))) throw unprocessable("Reference update failed");
    await refMoved(world, { ref: name, before: nullSha, after: sha, login: call.login });
    const shape = refShape(world, { name, sha, type });
    return { status: 201, body: shape, headers: { location: String(shape.url) } };
  });
}

async function update(call: Call): Promise<Answer> {
  const { world, body } = call;
  const name = `refs/${param(call, "path")}`;
  const sha = body.string("sha");
  return world.writes.add(async () => {
    const before = await readRef(world.gitDir, name);
    if (before === null) throw unprocessable("Reference does not exist");
    if ((await objectType(world.gitDir, sha)) === null) throw unprocessable("Object does not exist");
    const forward = await isAncestor(world.gitDir, before, sha);
    if (!forward && body.flag("force") !== true) throw unprocessable("Update is not a fast forward");
    const rule = pushRule(world, name.replace(/^refs\/heads\//, ""), call.login);
    if (rule.byRuleset) throw unprocessable(rulesetRefusal(rule.refusals));
    if (rule.refusals.length > 0 || (!forward && !rule.force)) throw unprocessable("Reference update failed");
    if (!(await updateRef(world.gitDir, name, sha, before))) throw unprocessable("Reference update failed");
    if (before !== sha) await refMoved(world, { ref: name, before, after: sha, login: call.login });
    return { body: refShape(world, { name, sha, type: "commit" }) };
  });
}

async function remove(call: Call): Promise<Answer> {
  const { world } = call;
  const name = `refs/${param(call, "path")}`;
  return world.writes.add(async () => {
    const before = await readRef(world.gitDir, name);
    if (before === null || name.startsWith("refs/pull/")) throw unprocessable("Reference does not exist");
    const branch = name.replace(/^refs\/heads\//, "");
    const rule = pushRule(world, branch, call.login);
    if (!rule.remove || branch === world.store.state.repository.defaultBranch) {
      throw unprocessable("Cannot delete this branch");
    }
    await updateRef(world.gitDir, name, nullSha, before);
    await refMoved(world, { ref: name, before, after: nullSha, login: call.login });
    return { status: 204 };
  });
}

function unprocessable(message: string): ApiError {
  return new ApiError(422, message);
}

function refShape(world: World, ref: Ref): Json {
  const url = repositoryUrl(world);
  return {
    ref: ref.name,
    node_id: nodeId("REF", ref.name),
    url: `${url}/git/${ref.name}`,
    object: { sha: ref.sha, type: ref.type, url: `${url}/git/${ref.type}s/${ref.sha}` },
  };
}

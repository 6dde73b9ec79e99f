import { emitStatus } from "../events/emit.ts";
import { objectType, resolveCommit } from "../git/objects.ts";
import { ApiError, validationFailed } from "../http/api-error.ts";
import { paginate } from "../http/paginate.ts";
import { param } from "../http/route.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { statusShape } from "../shapes/check.ts";
import { repositoryShape, repositoryUrl } from "../shapes/repository.ts";
import { now } from "../state/now.ts";
import type { Status } from "../state/state.ts";

const read = [["statuses", "read"]] as const;
const write = [["statuses", "write"]] as const;

/** Commit statuses, the older of the two systems, and their sum. */
export const statusRoutes: readonly Route[] = [
  { method: "POST", path: "/statuses/:sha", access: { repository: "push" }, app: write, handle: create },
  {
    method: "GET",
    path: "/commits/:ref/statuses",
    access: { repository: "pull" },
    app: read,
    handle: async (call) => {
      const found = await statusesAt(call);
      return paginate(call, found.statuses, (status) => statusShape(call.world, status));
    },
  },
  {
    method: "GET",
    path: "/commits/:ref/status",
    access: { repository: "pull" },
    app: read,
    handle: combined,
  },
];

async function create(call: Call): Promise<Answer> {
  const { world, body } = call;
  const sha = param(call, "sha");
  const state = body.string("state");
  if (!["error", "failure", "pending", "success"].includes(state)) {
    throw validationFailed({
      resource: "Status",
      code: "custom",
      field: "state",
      message: "state is not included in the list",
    });
  }
  if ((await objectType(world.gitDir, sha)) !== "commit") {
    throw new ApiError(422, `No commit found for SHA: ${sha}`);
  }
  const status: Status = {
    id: world.store.id(),
    sha,
    context: body.text("context") ?? "default",
    state,
    description: body.text("description") ?? null,
    targetUrl: body.text("target_url") ?? null,
    creator: call.login,
    createdAt: now(),
  };
  world.store.state.statuses.push(status);
  world.store.save();
  await emitStatus(world, status);
  return { status: 201, body: statusShape(world, status) };
}

/** `pending` with nothing reported, too: check runs are not seen here. */
async function combined(call: Call): Promise<Answer> {
  const { world } = call;
  const { sha, statuses } = await statusesAt(call);
  const latest = statuses.filter(
    (status, index) => statuses.findIndex((other) => other.context === status.context) === index,
  );
  const failed = latest.some((status) => status.state === "failure" || status.state === "error");
  const green = latest.length > 0 && latest.every((status) => status.state === "success");
  return {
    body: {
      state: failed ? "failure" : green ? "success" : "pending",
      statuses: latest.map((status) => statusShape(world, status)),
      sha,
      total_count: latest.length,
      repository: repositoryShape(world),
      commit_url: `${repositoryUrl(world)}/commits/${sha}`,
      url: `${repositoryUrl(world)}/commits/${sha}/status`,
    },
  };
}

async function statusesAt(call: Call): Promise<{ sha: string; statuses: Status[] }> {
  const { world } = call;
  const sha = await resolveCommit(world.gitDir, param(call, "ref"));
  if (sha === null) throw new ApiError(422, `No commit found for SHA: ${param(call, "ref")}`);
  return { sha, statuses: world.store.state.statuses.filter((status) => status.sha === sha).toReversed() };
}

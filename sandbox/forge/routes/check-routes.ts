import { emitCheckRun } from "../events/emit.ts";
import { objectType, resolveCommit } from "../git/objects.ts";
import { ApiError, notByIntegration, notFound, validationFailed } from "../http/api-error.ts";
import type { Body } from "../http/body.ts";
import { paginate } from "../http/paginate.ts";
import { param } from "../http/route.ts";
import type { Answer, Call, Route } from "../http/route.ts";
import { checkRunShape } from "../shapes/check.ts";
import { now } from "../state/now.ts";
import type { CheckRun, State } from "../state/state.ts";

const read = [["checks", "read"]] as const;
const write = [["checks", "write"]] as const;
const access = { repository: "pull" } as const;

const kept = 3000;

const statuses = ["queued", "in_progress", "completed", "waiting", "requested", "pending"];
const conclusions = [
  "success",
  "failure",
  "neutral",
  "cancelled",
  "skipped",
  "timed_out",
  "action_required",
  "stale",
];

/** Check runs, which only Apps may write. */
export const checkRoutes: readonly Route[] = [
  { method: "POST", path: "/check-runs", access, app: write, handle: create },
  { method: "PATCH", path: "/check-runs/:run", access, app: write, handle: update },
  {
    method: "GET",
    path: "/check-runs/:run",
    access,
    app: read,
    handle: (call) => ({ body: checkRunShape(call.world, runOf(call)) }),
  },
  { method: "GET", path: "/commits/:ref/check-runs", access, app: read, handle: list },
];

async function create(call: Call): Promise<Answer> {
  const { world, body } = call;
  onlyApps(call);
  const sha = body.string("head_sha");
  if ((await objectType(world.gitDir, sha)) !== "commit") {
    throw new ApiError(422, `No commit found for SHA: ${sha}`);
  }
  const run: CheckRun = {
    id: world.store.id(),
    suite: suiteOf(call, sha),
    name: body.string("name"),
    sha,
    status: "queued",
    conclusion: null,
    startedAt: body.text("started_at") ?? now(),
    completedAt: null,
    externalId: body.text("external_id") ?? "",
    detailsUrl: body.text("details_url") ?? world.url,
    output: { title: null, summary: null, text: null },
  };
  apply(run, body);
  world.store.state.checkRuns.push(run);
  forgetOldRuns(world.store.state);
  world.store.save();
  emitCheckRun(world, "created", run, call.login);
  if (run.status === "completed") emitCheckRun(world, "completed", run, call.login);
  return { status: 201, body: checkRunShape(world, run) };
}

function update(call: Call): Answer {
  onlyApps(call);
  const run = runOf(call);
  const before = run.status;
  apply(run, call.body);
  call.world.store.save();
  if (before !== "completed" && run.status === "completed") {
    emitCheckRun(call.world, "completed", run, call.login);
  }
  return { body: checkRunShape(call.world, run) };
}

/** The latest run of each name, unless all are asked for. */
async function list(call: Call): Promise<Answer> {
  const { world, query } = call;
  const sha = await resolveCommit(world.gitDir, param(call, "ref"));
  if (sha === null) throw new ApiError(422, `No commit found for SHA: ${param(call, "ref")}`);
  const all = world.store.state.checkRuns.filter(
    (run) =>
      run.sha === sha &&
      (query.check_name === undefined || query.check_name === run.name) &&
      (query.status === undefined || query.status === run.status) &&
      (query.app_id === undefined || query.app_id === String(world.store.state.app.id)),
  );
  const newest = all.toReversed();
  const shown =
    query.filter === "all"
      ? newest
      : newest.filter((run, index) => newest.findIndex((other) => other.name === run.name) === index);
  return paginate(call, shown, (run) => checkRunShape(world, run), "check_runs");
}

function apply(run: CheckRun, body: Body): void {
  const conclusion = body.text("conclusion");
  const status = body.text("status") ?? (conclusion === undefined ? run.status : "completed");
  if (!statuses.includes(status))
    throw validationFailed({ resource: "CheckRun", code: "invalid", field: "status" });
  if (conclusion !== undefined && !conclusions.includes(conclusion)) {
    throw validationFailed({ resource: "CheckRun", code: "invalid", field: "conclusion" });
  }
  if (status === "completed" && conclusion === undefined && run.conclusion === null) {
    throw validationFailed({ resource: "CheckRun", code: "missing_field", field: "conclusion" });
  }
  run.status = status;
  run.conclusion = status === "completed" ? (conclusion ?? run.conclusion) : null;
  run.completedAt = status === "completed" ? (body.text("completed_at") ?? run.completedAt ?? now()) : null;
  run.name = body.text("name") ?? run.name;
  run.detailsUrl = body.text("details_url") ?? run.detailsUrl;
  run.externalId = body.text("external_id") ?? run.externalId;
  const output = body.object("output");
  if (output === undefined) return;
  run.output = {
    title: output.text("title") ?? run.output.title,
    summary: output.text("summary") ?? run.output.summary,
    text: output.text("text") ?? null,
  };
}

/** Check runs are written with an installation token; people get a refusal whatever their role. */
function onlyApps(call: Call): void {
  if (call.caller.kind === "installation") return;
  if (call.caller.kind === "person" && call.caller.app !== null) throw notByIntegration();
  throw new ApiError(403, "You must authenticate via a GitHub App.");
}

/** Runs of heads nobody looks at any more go first; the state is written as a whole and must stay small. */
function forgetOldRuns(state: State): void {
  if (state.checkRuns.length <= kept) return;
  const heads = new Set(state.pulls.filter((pull) => pull.state === "open").map((pull) => pull.head.sha));
  const spare = state.checkRuns.filter((run) => !heads.has(run.sha)).slice(0, kept / 10);
  const gone = new Set(spare);
  state.checkRuns = state.checkRuns.filter((run) => !gone.has(run));
}

function suiteOf(call: Call, sha: string): number {
  const { store } = call.world;
  return store.state.checkRuns.find((run) => run.sha === sha)?.suite ?? store.id();
}

function runOf(call: Call): CheckRun {
  const run = call.world.store.state.checkRuns.find((one) => String(one.id) === param(call, "run"));
  if (run === undefined) throw notFound();
  return run;
}

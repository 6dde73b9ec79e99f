import type { CheckRun, Status } from "../state/state.ts";
import type { World } from "../world.ts";
import { fullName } from "../state/people.ts";
import { pullReferenceShape } from "./pull.ts";
import { repositoryUrl } from "./repository.ts";
import type { Json } from "./user.ts";
import { nodeId, userShape } from "./user.ts";

/** Events the App is subscribed to. */
const appEvents = [
  "check_run",
  "issue_comment",
  "membership",
  "pull_request",
  "pull_request_review",
  "push",
  "status",
];

/** GitHub's `integration`: the App. */
export function appShape(world: World): Json {
  const { app, organization } = world.store.state;
  return {
    id: app.id,
    slug: app.slug,
    client_id: app.clientId,
    node_id: nodeId("A", app.id),
    owner: userShape(world, organization.login),
    name: app.slug,
    description: "",
    external_url: world.url,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: { metadata: "read", ...app.permissions },
    events: appEvents,
    installations_count: 1,
  };
}

/** GitHub's `installation`. */
export function installationShape(world: World): Json {
  const { app, organization } = world.store.state;
  const url = `${world.api}/app/installations/${String(app.installationId)}`;
  return {
    id: app.installationId,
    account: userShape(world, organization.login),
    repository_selection: "all",
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${world.api}/installation/repositories`,
    html_url: `${world.url}/organizations/${organization.login}/settings/installations/${String(app.installationId)}`,
    app_id: app.id,
    app_slug: app.slug,
    client_id: app.clientId,
    target_id: organization.id,
    target_type: "Organization",
    permissions: { metadata: "read", ...app.permissions },
    events: appEvents,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: null,
  };
}

/** GitHub's `check-run`. */
export function checkRunShape(world: World, run: CheckRun): Json {
  const url = `${repositoryUrl(world)}/check-runs/${String(run.id)}`;
  const pulls = world.store.state.pulls.filter((pull) => pull.state === "open" && pull.head.sha === run.sha);
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("CR", run.id),
    head_sha: run.sha,
    external_id: run.externalId,
    url,
    html_url: `${world.url}/${fullName(world.store.state)}/runs/${String(run.id)}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: { ...run.output, annotations_count: 0, annotations_url: `${url}/annotations` },
    check_suite: { id: run.suite },
    app: appShape(world),
    pull_requests: pulls.map((pull) => pullReferenceShape(world, pull)),
  };
}

/** GitHub's `status`. */
export function statusShape(world: World, status: Status): Json {
  return {
    url: `${repositoryUrl(world)}/statuses/${status.sha}`,
    avatar_url: `${world.url}/avatars/${String(status.id)}`,
    id: status.id,
    node_id: nodeId("SC", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator: userShape(world, status.creator),
  };
}

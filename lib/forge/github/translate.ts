import type { RestEndpointMethodTypes } from "@octokit/rest";
import type {
  CheckRun,
  FileChange,
  GitCommit,
  PullRequest,
  PullRequestDetail,
  Review,
  ReviewState,
} from "../forge.ts";

type Response<
  A extends keyof RestEndpointMethodTypes,
  M extends keyof RestEndpointMethodTypes[A],
> = RestEndpointMethodTypes[A][M] extends { response: { data: infer D } } ? D : never;
type ApiPull = Response<"pulls", "list">[number];
type ApiPullDetail = Response<"pulls", "get">;
type ApiFile = Response<"pulls", "listFiles">[number];
type ApiReview = Response<"pulls", "listReviews">[number];
type ApiCommit = Response<"git", "getCommit">;
type ApiCheckRun = Response<"checks", "listForRef">["check_runs"][number];
type ApiStatus = Response<"repos", "getCombinedStatusForRef">["statuses"][number];

/** A pull request of a list; "merged" there means `merged_at` (forge-reference §3). */
export function pullRequestOf(pull: ApiPull | ApiPullDetail): PullRequest {
  const merged = pull.merged_at !== null;
  return {
    number: pull.number,
    title: pull.title,
    body: pull.body ?? "",
    state: merged ? "merged" : pull.state === "closed" ? "closed" : "open",
    draft: pull.draft ?? false,
    author: pull.user?.login ?? "ghost",
    url: pull.html_url,
    headRef: pull.head.ref,
    headSha: pull.head.sha,
    baseRef: pull.base.ref,
    baseSha: pull.base.sha,
    openedAt: pull.created_at,
    updatedAt: pull.updated_at,
    closedAt: pull.closed_at,
    mergedAt: pull.merged_at,
    mergeCommit: merged ? pull.merge_commit_sha : null,
  };
}

export function pullRequestDetailOf(pull: ApiPullDetail): PullRequestDetail {
  return {
    ...pullRequestOf(pull),
    mergeable: pull.mergeable,
    mergeableState: pull.mergeable_state,
    // Absent for the accounts that are gone.
    mergedBy: (pull.merged_by as { login: string } | null | undefined)?.login ?? null,
    armedBy: pull.auto_merge?.enabled_by.login ?? null,
    additions: pull.additions,
    deletions: pull.deletions,
  };
}

export function fileChangeOf(file: ApiFile): FileChange {
  return {
    path: file.filename,
    previousPath: file.previous_filename ?? null,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    patch: file.patch ?? null,
  };
}

const reviewStates: Record<string, ReviewState> = {
  approved: "approved",
  changes_requested: "changes-requested",
  commented: "commented",
  dismissed: "dismissed",
};

export function reviewOf(review: ApiReview): Review {
  return {
    id: review.id,
    login: review.user?.login ?? "ghost",
    state: reviewStates[review.state.toLowerCase()] ?? "pending",
    commitSha: review.commit_id,
    body: review.body,
    submittedAt: review.submitted_at ?? new Date(0).toISOString(),
  };
}

export function commitOf(commit: ApiCommit): GitCommit {
  return {
    sha: commit.sha,
    tree: commit.tree.sha,
    parents: commit.parents.map(({ sha }) => sha),
    message: commit.message,
  };
}

export function checkRunOf(run: ApiCheckRun): CheckRun {
  return {
    id: run.id,
    name: run.name,
    headSha: run.head_sha,
    status:
      run.status === "completed" ? "completed" : run.status === "in_progress" ? "in_progress" : "queued",
    conclusion: run.conclusion,
    title: run.output.title,
    summary: run.output.summary,
    text: run.output.text,
    externalId: run.external_id,
    appId: run.app?.id ?? null,
    at: run.completed_at ?? run.started_at ?? new Date(0).toISOString(),
  };
}

const conclusions: Record<string, string> = { success: "success", failure: "failure", error: "failure" };

/** A commit status in the shape of a check run; pending has no conclusion yet. */
export function statusOf(status: ApiStatus, headSha: string): CheckRun {
  const conclusion = conclusions[status.state] ?? null;
  return {
    id: null,
    name: status.context,
    headSha,
    status: conclusion === null ? "in_progress" : "completed",
    conclusion,
    title: status.description,
    summary: null,
    text: null,
    externalId: null,
    appId: null,
    at: status.updated_at,
  };
}

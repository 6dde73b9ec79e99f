import type { FailureCode } from "../domain/result.ts";
import type { MergeRefusal } from "./merge-refusal.ts";

export interface ForgeUser {
  /** Stable; logins can change. */
  id: number;
  login: string;
  name: string | null;
  email: string | null;
  avatarUrl: string | null;
}

export type Permission = "none" | "read" | "triage" | "write" | "maintain" | "admin";
export type MergeMethod = "merge" | "squash" | "rebase";

interface ForgeRepository {
  id: number;
  fullName: string;
  defaultBranch: string;
  archived: boolean;
  webUrl: string;
  /** What the caller may do. */
  canPush: boolean;
  canPull: boolean;
  mergeMethods: MergeMethod[];
}

export interface GitCommit {
  sha: string;
  tree: string;
  parents: string[];
  message: string;
}

export interface PullRequest {
  number: number;
  title: string;
  body: string;
  state: "open" | "merged" | "closed";
  draft: boolean;
  author: string;
  url: string;
  headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  openedAt: string;
  updatedAt: string;
  closedAt: string | null;
  mergedAt: string | null;
  /** Sha of the merge; meaningless before `state` is merged. */
  mergeCommit: string | null;
}

/** What only reading the one pull request tells; a list does not. */
export interface PullRequestDetail extends PullRequest {
  /** null: not computed yet, ask again. */
  mergeable: boolean | null;
  mergeableState: string | null;
  mergedBy: string | null;
  /** Login of who armed auto-merge; null where nobody did. */
  armedBy: string | null;
  additions: number;
  deletions: number;
}

export interface FileChange {
  path: string;
  previousPath: string | null;
  status: "added" | "removed" | "modified" | "renamed" | "copied" | "changed" | "unchanged";
  additions: number;
  deletions: number;
  /** Unified diff; null for binary or huge files. */
  patch: string | null;
}

export type ReviewState = "approved" | "changes-requested" | "commented" | "dismissed" | "pending";
export type ReviewEvent = "approve" | "request-changes" | "comment";

export interface Review {
  id: number;
  login: string;
  state: ReviewState;
  /** Head when it was written; null once that commit is gone. */
  commitSha: string | null;
  body: string;
  submittedAt: string;
}

type CheckStatus = "queued" | "in_progress" | "completed";
export type CheckConclusion =
  "success" | "failure" | "neutral" | "skipped" | "cancelled" | "timed_out" | "action_required";

/** A check run or a commit status, whichever reported under this name. */
export interface CheckRun {
  /** null for a commit status. */
  id: number | null;
  name: string;
  headSha: string;
  status: CheckStatus;
  conclusion: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  /** What we left there to recognise our own result. */
  externalId: string | null;
  /** App that wrote it; null for a commit status. */
  appId: number | null;
  at: string;
}

export interface CheckInput {
  name: string;
  headSha: string;
  /** null: not decided yet, the check waits for somebody. */
  conclusion: CheckConclusion | null;
  title: string;
  summary: string;
  text: string;
  externalId: string;
  detailsUrl: string | null;
  /** Our own check run of this name on this head, if there is one: it is updated. */
  existing: { id: number; status: CheckStatus } | null;
}

/** Classic protection of one branch, as far as decisions §1 asks for it. */
export interface Protection {
  requiredApprovals: number;
  codeOwnerReviews: boolean;
  dismissStaleReviews: boolean;
  lastPushApproval: boolean;
  enforceAdmins: boolean;
  /** null: whoever may push. */
  pushTeams: string[] | null;
  requiredChecks: { context: string; appId: number | null }[];
}

interface NewCommit {
  parent: GitCommit;
  /** Path → content; null deletes. */
  files: Record<string, string | null>;
  message: string;
}

interface NewPullRequest {
  title: string;
  body: string;
  head: string;
  base: string;
}

interface MergeInput {
  headSha: string;
  method: MergeMethod;
  title: string;
  message: string;
}

/** `could-merge-now`: nothing is left to wait for. */
type ArmOutcome =
  { armed: true } | { armed: false; reason: "could-merge-now" | "not-allowed" | "refused"; sentence: string };

type MergeOutcome = { merged: true; sha: string } | { merged: false; refusal: MergeRefusal };

/**
 * What we need of a forge, for one repository and one identity. Every method may throw {@link ForgeError} and nothing
 * else; `find…` answers null where there is nothing (or nothing the caller may see). Every call ends within its
 * deadline; reads and repeatable writes are tried again a few times; a write that must not happen twice is sent again
 * only after a look whether it happened. Held to all this by `testing/forge-contract.ts`.
 */
export interface Forge {
  /** owner/name. */
  readonly fullName: string;
  /** Id of the App that acts; null when a person (or a bot's token) does. */
  readonly appId: number | null;
  viewer(): Promise<ForgeUser>;
  /** Slugs of the viewer's teams in the repository's organisation; refused where SAML hides them. */
  teamsOfViewer(): Promise<string[]>;
  /** Logins of a team's members, child teams included. */
  teamMembers(slug: string): Promise<string[]>;
  repository(): Promise<ForgeRepository>;
  permissionOf(login: string): Promise<Permission>;
  /** Sha of a branch's tip. */
  findBranch(name: string): Promise<string | null>;
  findCommit(sha: string): Promise<GitCommit | null>;
  /** Writes blobs, tree and commit; unreachable, hence harmless, until a branch points at it. */
  createCommit(commit: NewCommit): Promise<GitCommit>;
  /** false: the branch exists already. */
  createBranch(name: string, sha: string): Promise<boolean>;
  createPullRequest(input: NewPullRequest): Promise<PullRequest>;
  /** Pull requests of any state with this head branch, newest first. */
  findPullRequests(head: string): Promise<PullRequest[]>;
  findPullRequest(number: number): Promise<PullRequestDetail | null>;
  /** Newest update first, pages fetched as the caller iterates. */
  pullRequests(): AsyncIterable<PullRequest[]>;
  /** Conditional look at the list's first page and the branch; true when either changed since the last call. */
  hasNews(branch: string): Promise<boolean>;
  updatePullRequest(
    number: number,
    patch: { title?: string; body?: string; state?: "open" | "closed" },
  ): Promise<PullRequest>;
  files(number: number): Promise<FileChange[]>;
  commits(number: number): Promise<GitCommit[]>;
  reviews(number: number): Promise<Review[]>;
  review(number: number, review: { event: ReviewEvent; body: string; headSha: string }): Promise<Review>;
  merge(number: number, input: MergeInput): Promise<MergeOutcome>;
  /** Has the forge merge, in the caller's name, as soon as nothing stands against it; arming again renews it. */
  armAutoMerge(number: number, input: MergeInput): Promise<ArmOutcome>;
  /** false: nothing was armed. */
  disarmAutoMerge(number: number): Promise<boolean>;
  comment(number: number, body: string): Promise<void>;
  label(number: number, labels: string[]): Promise<void>;
  /** Latest check run per name and App, and latest commit status per context. */
  checks(sha: string): Promise<CheckRun[]>;
  /** Creates the check run, or a commit status where no App acts. */
  writeCheck(check: CheckInput): Promise<void>;
  findProtection(branch: string): Promise<Protection | null>;
  compare(
    base: string,
    head: string,
  ): Promise<{ mergeBase: string; ahead: number; behind: number; files: FileChange[] }>;
}

/** A forge's refusal or failure, classified by status first and substring second. */
export class ForgeError extends Error {
  /**
   * By name: a bundler may give pages and routes a copy of this class each, while the forge they share is made by
   * one of them. An error of the other copy is the same error.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "ForgeError";
  }

  readonly code: FailureCode;
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  /** The forge's own sentences, for substring checks and for the log. */
  readonly details: string[];
  readonly retryAfterSeconds: number | null;
  /** Where the person himself can lift the refusal (SAML); a web address. */
  readonly cureUrl: string | null;
  /** The OAuth scope that the person's sign-in lacks; signing in again grants it. */
  readonly missingScope: string | null;

  constructor(
    code: FailureCode,
    message: string,
    more: {
      status: number;
      details?: string[];
      retryAfterSeconds?: number | null;
      cureUrl?: string | null;
      missingScope?: string | null;
      cause?: unknown;
    },
  ) {
    super(message, { cause: more.cause });
    this.name = "ForgeError";
    this.code = code;
    this.status = more.status;
    this.details = more.details ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
    this.cureUrl = more.cureUrl ?? null;
    this.missingScope = more.missingScope ?? null;
  }

  /** Whether the forge's answer contains this text, whatever its case. */
  says(text: string): boolean {
    const wanted = text.toLowerCase();
    return this.details.some((detail) => detail.toLowerCase().includes(wanted));
  }
}

import type { ForgePermission } from "../../contracts.ts";

/** What the forge remembers beside the bare repository. Plain data: it is written to `state.json` as it is. */
export interface State {
  version: 1;
  nextId: number;
  nextNumber: number;
  organization: { id: number; login: string; createdAt: string };
  repository: Repository;
  people: Person[];
  teams: Team[];
  app: App;
  machineTokens: { name: string; token: string }[];
  protections: Record<string, Protection>;
  /** Absent in states of before there were any. */
  rulesets?: Ruleset[];
  pulls: Pull[];
  comments: Comment[];
  labels: Label[];
  checkRuns: CheckRun[];
  statuses: Status[];
  hooks: Hook[];
  deliveries: Delivery[];
  userTokens: UserToken[];
  installationTokens: InstallationToken[];
}

/** Settings of the one repository. */
interface Repository {
  id: number;
  name: string;
  /** Names it had, whose addresses lead here; absent in states of before there were any. */
  formerNames?: string[];
  description: string | null;
  defaultBranch: string;
  createdAt: string;
  updatedAt: string;
  pushedAt: string;
  allowMergeCommit: boolean;
  allowSquashMerge: boolean;
  allowRebaseMerge: boolean;
  deleteBranchOnMerge: boolean;
  /** Absent means allowed. */
  allowAutoMerge?: boolean;
}

export interface Person {
  id: number;
  login: string;
  name: string;
  email: string;
  token: string;
  /** Of the token; absent means `read:org, repo`. */
  scopes?: string[];
  createdAt: string;
}

export interface Team {
  id: number;
  slug: string;
  name: string;
  members: string[];
  permission: ForgePermission;
}

export type AppPermissions = Record<string, "read" | "write">;

/** The one GitHub App; only the public half of its key is kept. */
export interface App {
  id: number;
  /** Id of the account `<slug>[bot]`. */
  botId: number;
  slug: string;
  clientId: string;
  clientSecret: string;
  publicKey: string;
  installationId: number;
  callbackUrls: string[];
  hookId: number;
  webhook: { url: string; secret: string } | null;
  permissions: AppPermissions;
  createdAt: string;
}

/** Classic branch protection of one branch. */
export interface Protection {
  /** null = no reviews required at all. */
  reviews: {
    requiredApprovals: number;
    requireCodeOwners: boolean;
    dismissStale: boolean;
    requireLastPushApproval: boolean;
  } | null;
  checks: { strict: boolean; required: RequiredCheck[] } | null;
  enforceAdmins: boolean;
  /** null = whoever may push. */
  restrictions: { teams: string[]; users: string[]; apps: string[] } | null;
  linearHistory: boolean;
  allowForcePushes: boolean;
  allowDeletions: boolean;
}

/** A ruleset of the repository for branches; nobody may bypass it. */
export interface Ruleset {
  id: number;
  name: string;
  enforcement: string;
  /** `refs/heads/x`, `~DEFAULT_BRANCH` or `~ALL`. */
  include: string[];
  exclude: string[];
  rules: { type: string; parameters?: Record<string, unknown> }[];
  createdAt: string;
  updatedAt: string;
}

export interface RequiredCheck {
  context: string;
  appId: number | null;
}

/** A pull request; both branches live in the one repository. */
export interface Pull {
  id: number;
  number: number;
  title: string;
  body: string | null;
  author: string;
  state: "open" | "closed";
  draft: boolean;
  head: { ref: string; sha: string };
  base: { ref: string; sha: string };
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  merged: { at: string; by: string; commit: string } | null;
  /** Who wants it merged as soon as nothing stands against it. */
  autoMerge?: {
    login: string;
    method: "merge" | "squash" | "rebase";
    title: string | undefined;
    message: string | undefined;
  } | null;
  reviews: Review[];
  requestedReviewers: string[];
  requestedTeams: string[];
  labels: string[];
  /** The last push that changed the diff: who, and an id that orders it among the reviews. */
  lastPush: { login: string; sequence: number };
  /** Fingerprint of the diff, so that a push without a change of content is not one. */
  fingerprint: string;
}

export type ReviewState = "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";

export interface Review {
  id: number;
  login: string;
  body: string;
  state: ReviewState;
  commit: string;
  submittedAt: string | null;
}

export interface Comment {
  id: number;
  number: number;
  login: string;
  body: string;
  createdAt: string;
  updatedAt: string;
}

export interface Label {
  id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface CheckRun {
  id: number;
  suite: number;
  name: string;
  sha: string;
  status: string;
  conclusion: string | null;
  startedAt: string | null;
  completedAt: string | null;
  externalId: string;
  detailsUrl: string;
  output: { title: string | null; summary: string | null; text: string | null };
}

export interface Status {
  id: number;
  sha: string;
  context: string;
  state: string;
  description: string | null;
  targetUrl: string | null;
  creator: string;
  createdAt: string;
}

export interface Hook {
  id: number;
  url: string;
  secret: string | null;
  contentType: "json" | "form";
  events: string[];
  active: boolean;
  createdAt: string;
  updatedAt: string;
}

export interface Delivery {
  id: number;
  hook: number;
  /** The same for every attempt. */
  guid: string;
  event: string;
  action: string | null;
  redelivery?: boolean;
  deliveredAt: string;
  durationSeconds: number;
  statusCode: number;
  status: string;
}

/** A GitHub App user token and its refresh token. */
export interface UserToken {
  login: string;
  token: string;
  expiresAt: number;
  refreshToken: string;
  refreshExpiresAt: number;
}

interface InstallationToken {
  token: string;
  expiresAt: number;
  permissions: AppPermissions;
}

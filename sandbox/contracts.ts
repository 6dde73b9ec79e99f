/**
 * What the parts of the sandbox promise one another. Each server can be started in-process by a test on a
 * random port, or by `sandbox/main.ts` as one process tree. Nothing here knows of the portal.
 */

/** Something that was started and can be stopped; `close` may be called twice. */
export interface Running {
  close(): Promise<void>;
}

// ---------------------------------------------------------------- forge

interface ForgePerson {
  login: string;
  name: string;
  email: string;
  /** Personal access token, scopes `repo read:org`; also a Git password. */
  token: string;
}

export type ForgePermission = "pull" | "triage" | "push" | "maintain" | "admin";

interface ForgeTeam {
  slug: string;
  name: string;
  members: string[];
  /** The team's permission on the fleet repository. */
  permission: ForgePermission;
}

interface ForgeApp {
  id: number;
  slug: string;
  clientId: string;
  clientSecret: string;
  /** PKCS#8 or PKCS#1 PEM; the forge keeps only the public half. */
  privateKey: string;
  installationId: number;
  callbackUrls: string[];
  /** Where deliveries go; absent = no hook. */
  webhook?: { url: string; secret: string };
  permissions: Record<string, "read" | "write">;
}

/** A read-only machine credential for Git over HTTP (a deploy token). */
interface ForgeMachineToken {
  name: string;
  token: string;
}

export interface ForgeProtection {
  branch: string;
  requiredApprovals: number;
  requireCodeOwnerReviews: boolean;
  dismissStaleReviews: boolean;
  requireLastPushApproval: boolean;
  enforceAdmins: boolean;
  /** Team slugs that may push (and so merge). */
  pushTeams: string[];
  /** `appId` pins a check to the App that must write it. */
  requiredChecks: { context: string; appId: number | null }[];
}

export interface ForgeCommit {
  message: string;
  author: { name: string; email: string };
  /** ISO 8601. */
  date: string;
  /** Path → content; null deletes. */
  files: Record<string, string | null>;
}

export interface ForgeSeed {
  organization: string;
  repository: string;
  defaultBranch: string;
  people: ForgePerson[];
  teams: ForgeTeam[];
  app: ForgeApp;
  machineTokens: ForgeMachineToken[];
  protection: ForgeProtection;
  /** History of the default branch, oldest first. */
  commits: ForgeCommit[];
}

export interface ForgeOptions {
  /** State directory (bare repository and everything else); survives a restart. */
  dir: string;
  /** 0 = any free port. Always 127.0.0.1. */
  port?: number;
  /** Used only when `dir` holds no state yet. */
  seed: ForgeSeed;
}

export interface Forge extends Running {
  /** Web and OAuth base, e.g. `http://127.0.0.1:4100`; Git is at `<url>/<org>/<repo>.git`. */
  url: string;
  /** REST base, e.g. `http://127.0.0.1:4100/api/v3`. */
  api: string;
  /** The bare repository on disk. */
  gitDir: string;
  /** Points the App's webhook somewhere else (a test's portal gets its port late). */
  setWebhook(webhook: { url: string; secret: string } | null): void;
}

// ---------------------------------------------------------------- kubernetes

export interface KubernetesUser {
  username: string;
  /** As who-am-I says it; absent = the username. */
  uid?: string;
  groups: string[];
  /** Bearer token. */
  token: string;
}

export interface KubernetesOptions {
  /** State directory; absent = in memory only. Survives a restart, resourceVersions go on. */
  dir?: string;
  port?: number;
  /** Static tokens of the management cluster, like `--token-auth-file`. `system:masters` bypasses RBAC. */
  users: KubernetesUser[];
}

/**
 * What an API server does instead of answering. `reset` closes each connection unanswered (refused, for a client),
 * `cut` closes it after so many bytes of the answer, `error` answers with this status (429 as the API server throttles:
 * plain text, Retry-After: 1). `path` narrows it to paths that start so, `times` to so many requests.
 */
export type ApiFault =
  | { kind: "none" }
  | { kind: "reset" }
  | { kind: "black-hole" }
  | { kind: "slow"; delayMs: number; path?: string; times?: number }
  | { kind: "error"; status: number; path?: string; times?: number }
  | { kind: "cut"; afterBytes: number; path?: string; times?: number };

/**
 * The management API lives at `url`; every workload cluster has an API of its own below
 * `<url>/clusters/<namespace>/<name>`, made and removed through the control endpoint by the provider
 * controllers, as a cloud would make an API server.
 *
 * Control endpoint (admin token only), JSON:
 * - `PUT    <url>/sandbox/clusters/<ns>/<name>` → 200 `{server, certificateAuthorityData, clientCertificateData,
 *   clientKeyData}` (base64 PEM; the client certificate's user is `<name>-admin`, group system:masters).
 *   Idempotent: the same cluster keeps its CA.
 * - `DELETE <url>/sandbox/clusters/<ns>/<name>` → 204, its objects are gone.
 * - `PUT    <url>/sandbox/clusters/<ns>/<name>/fault` with an `ApiFault` → 204.
 * - `POST   <url>/sandbox/clusters/<ns>/<name>/cut` → 204, its open connections are closed once.
 * - `POST   <url>/sandbox/clusters/<ns>/<name>/compact` → 204, its history is forgotten and its watches are closed:
 *   whoever goes on from an older resourceVersion gets 410. With `{"upTo": <revision>}` only etcd's history goes, which
 *   the kinds with a cache do not notice, and nothing is closed.
 * - `fault`, `cut` and `compact` below `<url>/sandbox/management` do the same to the management API.
 * - `GET    <url>/sandbox/clusters` → `[{namespace, name, fault}]`.
 */
export interface Kubernetes extends Running {
  url: string;
  /** PEM of the CA that signed the server certificate. */
  ca: string;
  /** A kubeconfig for the management cluster with this user's token. */
  kubeconfig(user: KubernetesUser): string;
  /** A kubeconfig for a workload cluster with its admin certificate. */
  workloadKubeconfig(namespace: string, name: string): string;
}

// ---------------------------------------------------------------- controllers

/**
 * How a controller reaches an API server. Nothing in here is special to the sandbox: a real kube-apiserver
 * serves as well.
 */
export interface Connection {
  server: string;
  /** PEM. */
  ca?: string;
  token?: string;
  clientCertificate?: string;
  clientKey?: string;
}

/** Wall-clock durations of the simulated work, in milliseconds; tests shorten them further. */
export interface Durations {
  /** From Cluster to InfrastructureReady. */
  infrastructureMs: number;
  /** From infrastructure to an initialized control plane. */
  controlPlaneMs: number;
  /** One machine or node to become ready. */
  nodeMs: number;
  /** Control-plane upgrade; a pool takes as long again. */
  upgradeMs: number;
  deletionMs: number;
  /** A Deployment from applied to Available. */
  deploymentMs: number;
}

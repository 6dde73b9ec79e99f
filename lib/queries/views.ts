/**
 * What pages are given. Plain JSON (dates as ISO 8601 strings): the same value is rendered on the server,
 * sent by `/api/v1/…` and kept by TanStack Query.
 */
import type { Notice, Role } from "../domain/access/actor.ts";
import type { Mark, Tone } from "../domain/cluster/mark.ts";

export interface ShellView {
  person: { login: string; name: string; image: string | null; roles: Role[]; teams: string[] };
  counts: { clusters: number; openChanges: number };
  management: { slug: string; lastContactAt: string | null; error: string | null; synced: boolean };
  repository: {
    fullName: string;
    url: string;
    headSha: string | null;
    fetchedAt: string | null;
    error: string | null;
  };
  /** Where the forge does not confirm the person's rights: why, and the address where he cures it. */
  notice?: Notice | null;
  /** The forge's newest failure that nobody here can cure, and when; null once a call succeeded. */
  trouble?: { sentence: string; at: string } | null;
  /** What an administrator must know: fleet.yaml wrong, protection missing … */
  problems: string[];
  /** May the person open a new cluster request? */
  canRequest: boolean;
}

/** One mark of the fleet map. */
export interface MapCluster {
  id: string;
  slug: string;
  name: string;
  environment: string | null;
  region: string | null;
  team: string | null;
  provider: string;
  version: string | null;
  mark: Mark;
  cause: string | null;
}

/** A known error in plain words: what it means, who ends it and how. */
export interface ExplanationView {
  meaning: string;
  who: string;
  fix: string[];
  /** Official documentation. */
  link: string | null;
}

/** A commit of the fleet repository; its title and author where the portal has read it. */
export interface CommitView {
  sha: string;
  title: string | null;
  author: string | null;
  at: string | null;
  /** The pull request that brought it. */
  change: number | null;
}

/** What a cause's own view says beyond its line. */
export interface CauseView {
  explanation: ExplanationView | null;
  /** Flux objects that fail, each with a page; the first of them where they are many. */
  objects: { id: string; label: string; cluster: string | null }[];
  /** The commit they fail on. */
  commit: CommitView | null;
}

/** One line of trouble: a cause and everything it explains. */
export interface TroubleView extends CauseView {
  key: string;
  tone: Tone;
  title: string;
  /** Clusters, objects and consequence, in one or two sentences; `code` parts are set in mono. */
  sentence: TextPart[];
  since: string;
  clusters: { slug: string; name: string }[];
}

export type TextPart = { text: string; kind?: "code" | "strong"; href?: string };

export interface StepView {
  mark: Mark;
  label: string;
}

export interface InFlightView {
  number: number;
  title: TextPart[];
  steps: StepView[];
}

export interface ActivityView {
  id: string;
  at: string;
  text: TextPart[];
}

export interface FleetOverview {
  total: number;
  /** Counts by tone in the order of the bar, words as shown ("Unhealthy or behind"). */
  summary: { tone: Tone; word: string; count: number; href: string }[];
  clusters: MapCluster[];
  trouble: TroubleView[];
  waitingForMe: { number: number; title: string; sentence: string; since: string; mark: Mark }[];
  inFlight: InFlightView[];
  versions: { version: string; count: number }[];
  activity: ActivityView[];
}

export interface ClusterRow {
  id: string;
  slug: string;
  name: string;
  namespace: string;
  environment: string | null;
  region: string | null;
  team: string | null;
  owner: string | null;
  provider: string;
  template: string | null;
  mark: Mark;
  cause: string | null;
  since: string;
  desiredVersion: string | null;
  observedVersion: string | null;
  nodesReady: number | null;
  nodesDesired: number | null;
  flux: { synced: number; total: number; lastKnown: boolean };
  revision: string | null;
  revisionAt: string | null;
  expiresAt: string | null;
  lastSeenAt: string | null;
  stale: boolean;
  ahead: boolean;
}

export const clusterFacets = [
  "state",
  "environment",
  "region",
  "team",
  "version",
  "template",
  "provider",
] as const;
export type ClusterFacet = (typeof clusterFacets)[number];
export const clusterSorts = ["state", "name", "version", "nodes", "team", "expires", "seen"] as const;
export type ClusterSort = (typeof clusterSorts)[number];

export interface ClusterListParams {
  text: string;
  filters: Partial<Record<ClusterFacet, string[]>>;
  /** Key of a cause (TroubleView): only what it explains. */
  cause?: string;
  sort: ClusterSort;
  descending: boolean;
  /** Rows of one value stand together; absent: not grouped. */
  group?: ClusterFacet;
  /** 1-based. */
  page: number;
  /** ≤ 200. */
  pageSize: number;
}

/** A filter somebody keeps under a name. */
export interface SavedViews {
  views: {
    id: string;
    name: string;
    /** Query string without "?". */
    search: string;
    /** Who sees it besides its maker; null: nobody. */
    team: string | null;
    login: string;
    mine: boolean;
    deletable: boolean;
  }[];
  /** Teams the person may share a view with. */
  teams: string[];
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
  tone?: Tone;
}

export interface ClusterList {
  rows: ClusterRow[];
  /** Rows that match, after authorisation. */
  matched: number;
  /** Rows the actor may see at all. */
  total: number;
  facets: Record<ClusterFacet, FacetValue[]>;
  /** The cause that is filtered for; null where it is over, left out where none is. */
  cause?: TroubleView | null;
  /** Where it is grouped: the group of each row, by its id, and how many rows each group has on all pages. */
  groups?: { of: Record<string, string>; counts: Record<string, number> };
}

export interface JourneyStep {
  key: string;
  label: TextPart[];
  mark: Mark;
  at: string | null;
  /** Seconds since the step before; null while it runs. */
  tookSeconds: number | null;
  /** What it waits for, while it waits. */
  waitsFor: string | null;
}

export interface ConditionView {
  label: string;
  mark: Mark;
  sentence: string;
  since: string | null;
}

export interface FluxRow {
  id: string;
  kind: string;
  namespace: string;
  name: string;
  home: "management" | "workload";
  /** Nesting under what it waits for or is made by. */
  depth: number;
  /** Ids of all those. */
  after?: string[];
  mark: Mark;
  moving: boolean;
  message: string | null;
  blockedBy: string | null;
  revision: string | null;
  since: string;
}

export interface PoolRow {
  name: string;
  kind: string;
  mark: Mark;
  message: string | null;
  size: string | null;
  mode: string | null;
  ready: number | null;
  desired: number | null;
  min: number | null;
  max: number | null;
  desiredVersion: string | null;
  observedVersion: string | null;
}

export interface NodeRow {
  name: string;
  pool: string | null;
  mark: Mark;
  /** Why it is not ready. */
  message: string | null;
  version: string | null;
  since: string | null;
}

export interface WorkloadRow {
  kind: string;
  namespace: string;
  name: string;
  mark: Mark;
  ready: number;
  desired: number;
  images: string[];
}

export interface FileView {
  path: string;
  content: string;
  /** Last commit that touched it. */
  commit: { sha: string; title: string; author: string; at: string } | null;
  url: string;
}

export interface ClusterDetail extends ClusterRow {
  sentence: TextPart[];
  purpose: string | null;
  labels: Record<string, string>;
  lifecycle: string;
  /** The cause, explained: what, since when, what waits for it. Null where all is well. */
  trouble:
    ({ tone: Tone; title: string; aside: string | null; sentence: TextPart[] } & Partial<CauseView>) | null;
  /** The commit of its revision; null before anything was applied. */
  commit: CommitView | null;
  /** Ways to its API server for people, each with the commands; the portal hands out no credentials. */
  access?: { title: string; needs: string; commands: string[] }[];
  journey: { caption: string; steps: JourneyStep[] };
  conditions: ConditionView[];
  fluxObjects: FluxRow[];
  fluxNote: string | null;
  pools: PoolRow[];
  /** Nobody counts the nodes at present: the counts are the last known. */
  nodesLastKnown: boolean;
  nodes: NodeRow[];
  /** What one must know before believing the list of nodes, or of workloads. */
  nodesNote: string | null;
  workloadsNote: string | null;
  workloads: WorkloadRow[];
  changes: ChangeRow[];
  files: FileView[];
}

export interface ChangeRow {
  number: number;
  title: string;
  state: "open" | "merged" | "closed";
  draft: boolean;
  kind: string;
  mark: Mark;
  /** What it waits for, or how far it got, in words. */
  sentence: string;
  author: string;
  requestedBy: string | null;
  clusters: string[];
  teams: string[];
  openedAt: string;
  updatedAt: string;
  url: string;
}

export interface ChangeListParams {
  state: "open" | "merged" | "closed" | "all";
  text: string;
  page: number;
  pageSize: number;
}

export interface ChangeList {
  rows: ChangeRow[];
  matched: number;
  counts: { open: number; merged: number; closed: number };
}

export interface CheckView {
  name: string;
  label: string;
  mark: Mark;
  sentence: string;
  required: boolean;
  /** Results of the check's parts ("no overlap", "offered"), where it has some. */
  parts: { label: string; mark: Mark; sentence: string }[];
}

export interface ChangeFileView {
  path: string;
  status: string;
  additions: number;
  deletions: number;
  /** What it means ("new cluster, 2 pools"). */
  note: string | null;
  patch: string | null;
}

export type ChangeAction = "approve-and-merge" | "approve" | "merge" | "request-changes" | "close";

export interface ChangeDetail extends ChangeRow {
  repositoryUrl: string;
  lead: TextPart[];
  badges: { tone: Tone | null; text: TextPart[] }[];
  why: string | null;
  /** Body without our sections, for hand-made ones: Markdown source. */
  body: string;
  files: ChangeFileView[];
  additions: number;
  deletions: number;
  checks: CheckView[];
  /** Why the forge cannot be read now, without a full stop: our checks wait for it. */
  trouble?: string | null;
  approvals: { needed: number; given: { login: string; at: string; stale: boolean }[]; sentence: string };
  /** What the viewer may do now; a missing action carries the reason. */
  actions: { action: ChangeAction; allowed: boolean; reason: string | null }[];
  decisionNote: string;
  parameters: { label: string; value: string; mono: boolean }[];
  /** After the merge: one journey per cluster it reaches. */
  journeys: { cluster: { slug: string | null; name: string }; steps: JourneyStep[] }[];
  headSha: string;
  mergeCommit: string | null;
}

export interface TemplateView {
  name: string;
  title: string;
  description: string;
  version: number;
  /** JSON Schema of the parameters with `x-fleetwright` hints (decisions §3). */
  schema: unknown;
}

export interface NewClusterForm {
  templates: TemplateView[];
  /** Teams the person may ask for: all for platform engineers. `used`/`limit` count ephemeral clusters. */
  teams: { name: string; used: number; limit: number | null; maxDays: number | null }[];
  environments: string[];
  regions: {
    name: string;
    versions: string[];
    sizes: string[];
    asOf: string | null;
    source: string | null;
    networkDomain: string | null;
  }[];
  prices: { currency: string; asOf: string } | null;
  /** Why nothing can be asked for now, if so. */
  unavailable: string | null;
}

/** One kind of object the engine reads from an API server. */
export interface KindView {
  kind: string;
  group: string;
  version: string | null;
  mark: Mark;
  message: string | null;
}

/** How the portal itself is: Settings → Health. */
export interface HealthView {
  management: {
    slug: string;
    server: string;
    mark: Mark;
    /** Process that leads the sync, and since when. */
    leader: string | null;
    leaderSince: string | null;
    lastContactAt: string | null;
    error: string | null;
    syncedAt: string | null;
    missedByWatch: number;
    kinds: KindView[];
    /** Rules our account lacks, as YAML to paste; null where it lacks none. */
    missingRules: string | null;
  } | null;
  forge: {
    fullName: string;
    url: string;
    mark: Mark;
    fetchedAt: string | null;
    fetchError: string | null;
    polledAt: string | null;
    pollError: string | null;
    /** Newest delivery of each sender; null where none ever came. */
    webhooks: { source: string; at: string | null }[];
    /** What the branch's protection and fleet.yaml lack. */
    gaps: string[];
  } | null;
  workloads: {
    readable: number;
    total: number;
    broken: {
      slug: string;
      name: string;
      mark: Mark;
      message: string | null;
      since: string | null;
      lastSeenAt: string | null;
    }[];
    /** The same rules may lack on many clusters. */
    missing: { rules: string; clusters: { slug: string; name: string }[] }[];
  };
  database: { mark: Mark; version: string; sizeBytes: number; answeredMs: number; connections: number };
}

export interface JobView {
  id: string;
  title: string;
  mark: Mark;
  /** Its last error, or what it returned. */
  message: string | null;
  tries: number;
  limit: number;
  at: string;
  /** When it is tried (again); null where it runs, is done or is dead. */
  dueAt: string | null;
}

/** Work in the background: Settings → Jobs. */
export interface JobsView {
  /** False before an engine ever ran. */
  started: boolean;
  dead: JobView[];
  open: JobView[];
  done: JobView[];
  kinds: { title: string; purpose: string; every: string }[];
  /** Requests without a pull request yet: the engine finishes them at each pass. */
  requests: { id: string; title: string; login: string; since: string; error: string | null }[];
}

/** Who is signed in: Settings → People. */
export interface PeopleView {
  people: PersonView[];
}

export interface PersonView {
  id: string;
  login: string;
  name: string;
  you: boolean;
  roles: Role[];
  sessions: number;
  /** When the forge last said which teams he is in; asked again whenever he is here. */
  rightsReadAt: string | null;
}

export interface AuditParams {
  person: string;
  cluster: string;
  change: number | null;
  page: number;
  pageSize: number;
}

export interface AuditList {
  rows: {
    id: string;
    at: string;
    actor: string;
    text: TextPart[];
    cluster: string | null;
    change: number | null;
  }[];
  matched: number;
  /** What verifying the chain found; null before the first time, and for who does not see the whole trail. */
  verified: { at: string; rows: number; head: string; breaks: string[] } | null;
  /** Whether the person sees every row. */
  whole: boolean;
}

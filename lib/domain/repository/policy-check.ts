import type { FleetConfig } from "../fleet/config.ts";
import type { ClusterFacts, KnownCluster } from "./cluster-facts.ts";
import { nameProblem } from "./cluster-name.ts";
import { takenNames } from "./cluster-request.ts";
import { clusterFile } from "./layout.ts";
import { expiryProblem, quotaProblem, usedBy } from "./lifetime.ts";
import { regionProblem, sizeProblem, versionProblem } from "./offered.ts";
import { problemLine, type Problem } from "./problem.ts";
import { rangeIssues } from "./ranges.ts";

/** One result of `fleetwright/policy`, with the place it is about. */
export interface PolicyPart {
  label: string;
  ok: boolean;
  sentence: string;
  file?: string;
  line?: number;
}

/** A cluster whose files the pull request touches; null = not there (or no readable Cluster object). */
interface ChangedCluster {
  /** Its directory. */
  name: string;
  base: ClusterFacts | null;
  head: ClusterFacts | null;
  /** Whether cluster.yaml exists at head. */
  hasHeadFile: boolean;
}

export interface PolicyInput {
  /** fleet.yaml as head has it; null where it cannot be used. */
  config: FleetConfig | null;
  /** Problems of the portal's own files (fleet.yaml, prices.yaml, templates) at head. */
  problems: readonly Problem[];
  changed: readonly ChangedCluster[];
  /** Every other cluster, and those asked for in other open pull requests. */
  others: readonly KnownCluster[];
  /** Namespaces of the management cluster that belong to no cluster. */
  namespaces: readonly string[];
  now: Date;
}

interface Found {
  cluster: ClusterFacts;
  message: string;
}

type Rule = (
  change: { name: string; base: ClusterFacts | null; head: ClusterFacts },
  input: PolicyInput,
  config: FleetConfig,
) => string[];

/**
 * Evaluates fleet.yaml's rules on what a pull request changes: nothing it leaves alone can fail it, so an offer that
 * was withdrawn since does not block an unrelated edit.
 */
export function checkPolicy(input: PolicyInput): PolicyPart[] {
  const parts: PolicyPart[] = [settingsPart(input)];
  const { config } = input;
  const unreadable = input.changed.filter(({ head, hasHeadFile }) => hasHeadFile && head === null);
  parts.push(...unreadable.map(({ name }) => unreadablePart(name)));
  const readable = input.changed.flatMap(({ name, base, head }) =>
    head === null ? [] : [{ name, base, head }],
  );
  if (config === null || readable.length === 0) return parts;
  for (const [label, rule, good] of rules) {
    const found = readable.flatMap((change): Found[] =>
      rule(change, input, config).map((message) => ({ cluster: change.head, message })),
    );
    if (found.length === 0) parts.push({ label, ok: true, sentence: good });
    parts.push(...found.map(({ cluster, message }) => failure(label, cluster, message)));
  }
  return parts;
}

const failure = (label: string, cluster: ClusterFacts, message: string): PolicyPart => ({
  label,
  ok: false,
  sentence: `${cluster.name}: ${message}`,
  file: clusterFile(cluster.name),
  line: cluster.line,
});

function settingsPart({ problems }: PolicyInput): PolicyPart {
  const errors = problems.filter(({ severity }) => severity === "error");
  const first = errors[0];
  if (!first)
    return { label: "Settings", ok: true, sentence: "fleet.yaml, prices.yaml and templates can be read" };
  const more = errors.length > 1 ? ` (and ${String(errors.length - 1)} more)` : "";
  const place = first.line === null ? {} : { line: first.line };
  return {
    label: "Settings",
    ok: false,
    sentence: `${problemLine(first)}${more}`,
    file: first.file,
    ...place,
  };
}

const unreadablePart = (name: string): PolicyPart => ({
  label: "Readable",
  ok: false,
  sentence: `${clusterFile(name)} holds no readable Cluster object`,
  file: clusterFile(name),
});

const named: Rule = ({ name, base, head }, input) => {
  const problems: string[] = [];
  if (head.name !== name) problems.push(`the Cluster must be named ${name}, as its directory is`);
  if (head.namespace !== head.name)
    problems.push(`must live in the namespace ${head.name}, not ${head.namespace}`);
  if (base !== null) return problems;
  const problem = nameProblem(name, takenNames({ clusters: input.others, namespaces: input.namespaces }));
  return problem === null ? problems : [...problems, problem];
};

const apart: Rule = ({ base, head }, input, config) => {
  const fields = ["podCidr", "serviceCidr", "nodeCidr", "dnsServiceIp", "podsOverlay", "region"] as const;
  if (base !== null && fields.every((field) => base[field] === head[field])) return [];
  const changed = input.changed.flatMap((one): KnownCluster[] =>
    one.head === null ? [] : [{ ...one.head, request: null }],
  );
  return rangeIssues(head, [...input.others, ...changed], config).map(
    ({ field, message }) => `${field}: ${message}`,
  );
};

const offered: Rule = ({ base, head }, _input, config) => {
  const region = head.region;
  if (region === null) return ["has no region label"];
  const moved = base?.region !== region;
  const versions = [head.desiredVersion, ...head.pools.map((pool) => pool.version)];
  const before = new Set([base?.desiredVersion, ...(base?.pools ?? []).map((pool) => pool.version)]);
  const sizesBefore = new Set((base?.pools ?? []).map((pool) => pool.size));
  const isNew = <T>(known: Set<T | undefined>, value: T | null): value is T =>
    value !== null && (moved || !known.has(value));
  const problems = [
    moved ? regionProblem(config, region) : null,
    ...new Set(
      versions
        .filter((version) => isNew<string | null>(before, version))
        .map((version) => prefixed(version, versionProblem(config, region, version ?? ""))),
    ),
    ...new Set(
      head.pools
        .filter(({ size }) => isNew<string | null>(sizesBefore, size))
        .map(({ size }) => prefixed(size, sizeProblem(config, region, size ?? ""))),
    ),
  ];
  return problems.filter((problem) => problem !== null);
};

const prefixed = (what: string | null, problem: string | null): string | null =>
  problem === null ? null : `${what ?? ""}: ${problem}`;

const lifetime: Rule = ({ name, base, head }, input, config) => {
  const isSame = base !== null && base.expiresAt === head.expiresAt && base.team === head.team;
  if (isSame) return [];
  const { team } = head;
  if (team === null) return ["has no label fleetwright.dev/team"];
  if (!Object.hasOwn(config.access.teams, team)) {
    return [`team ${team} is not in fleet.yaml; it knows ${Object.keys(config.access.teams).join(", ")}`];
  }
  if (head.expiresAt === null) return [];
  const others = input.others.filter((one) => one.name !== name);
  const before = input.changed.slice(
    0,
    input.changed.findIndex((one) => one.name === name),
  );
  const together = before.flatMap((one) => (one.head === null ? [] : [one.head]));
  const late =
    base?.expiresAt === head.expiresAt ? null : expiryProblem(config, team, head.expiresAt, input.now);
  const full = quotaProblem(config, team, usedBy(team, [...others, ...together]));
  return [late, full].filter((problem) => problem !== null);
};

const rules: readonly [label: string, rule: Rule, good: string][] = [
  ["Name", named, "names are free and match their directories"],
  [
    "No overlap",
    apart,
    "ranges are apart from each other and from those of the fleet and open pull requests",
  ],
  ["Offered", offered, "fleet.yaml offers every version and size that is new here"],
  ["Policy", lifetime, "teams, expiries and quotas are within fleet.yaml's limits"],
];

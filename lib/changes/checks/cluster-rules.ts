import { overlapCidr } from "cidr-tools";
import type { CheckPart } from "../../domain/change/check-outcome.ts";
import { limitsFor, networkDomainOf } from "../../domain/fleet/config.ts";
import type { ClusterFacts } from "../../domain/repository/cluster-facts.ts";
import type { PolicyInput } from "./policy-check.ts";

const dayMs = 24 * 3_600_000;
const pass = (label: string, sentence: string): CheckPart => ({ label, state: "pass", sentence });
const failed = (label: string, sentence: string): CheckPart => ({ label, state: "fail", sentence });

/** Names nobody may take (decisions §4). */
const reserved = /^(management|default|flux-system|kube-.*|fleet-.*|capi-.*)$/;

/** The rules of fleet.yaml for one cluster. What a change leaves as it was is not held against it. */
export function clusterRules(head: ClusterFacts, base: ClusterFacts | null, input: PolicyInput): CheckPart[] {
  return [
    ...(base === null ? [nameRule(head, input)] : []),
    ...teamRule(head, base, input),
    ...offerRule(head, base, input),
    ...expiryRule(head, base, input),
    ...quotaRule(head, base, input),
    ...overlapRule(head, base, input),
  ];
}

function nameRule({ name, namespace }: ClusterFacts, { pending }: PolicyInput): CheckPart {
  const label = "Name";
  if (!/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name)) {
    return failed(
      label,
      `${name} is no cluster name: small letters, digits and hyphens, at most 32 characters`,
    );
  }
  if (reserved.test(name)) return failed(label, `the name ${name} is reserved`);
  if (namespace !== name)
    return failed(label, `namespace ${namespace} differs from the cluster's name ${name}`);
  const other = pending.find(({ facts }) => facts.name === name);
  if (other) return failed(label, `the name ${name} is asked for in #${String(other.number)} too`);
  return pass(label, `${name} is free in the fleet and in open pull requests`);
}

function teamRule(head: ClusterFacts, base: ClusterFacts | null, { config }: PolicyInput): CheckPart[] {
  if (head.team === (base?.team ?? null)) return [];
  if (head.team === null) return [failed("Team", "the label fleetwright.dev/team is missing")];
  if (Object.hasOwn(config.access.teams, head.team)) return [];
  return [
    failed(
      "Team",
      `fleet.yaml knows no team ${head.team}; known: ${Object.keys(config.access.teams).join(", ")}`,
    ),
  ];
}

function offerRule(head: ClusterFacts, base: ClusterFacts | null, { config }: PolicyInput): CheckPart[] {
  const sizes = (facts: ClusterFacts | null): string[] =>
    (facts?.pools ?? []).flatMap(({ size }) => (size === null ? [] : [size]));
  const newSizes = sizes(head).filter((size) => !sizes(base).includes(size) || head.region !== base?.region);
  const newVersion =
    head.desiredVersion !== base?.desiredVersion || head.region !== base.region ? head.desiredVersion : null;
  if (newSizes.length === 0 && newVersion === null) return [];
  if (head.region === null) return [];
  const offer = config.regions[head.region];
  if (!offer) return [failed("Offered", `fleet.yaml offers nothing in ${head.region}`)];
  const asOf = offer.asOf === undefined ? "" : `, as of ${offer.asOf}`;
  if (newVersion !== null && !offer.versions.includes(newVersion)) {
    return [
      failed(
        "Offered",
        `${newVersion} is not offered in ${head.region}${asOf}; offered: ${offer.versions.join(", ")}`,
      ),
    ];
  }
  const missing = newSizes.filter((size) => !offer.sizes.includes(size));
  if (missing.length > 0)
    return [failed("Offered", `${missing.join(", ")} is not offered in ${head.region}${asOf}`)];
  return [pass("Offered", `fleet.yaml offers version and sizes in ${head.region}${asOf}`)];
}

function expiryRule(
  head: ClusterFacts,
  base: ClusterFacts | null,
  { config, now }: PolicyInput,
): CheckPart[] {
  if (head.expiresAt === null || head.expiresAt === base?.expiresAt) return [];
  const at = Date.parse(head.expiresAt);
  if (Number.isNaN(at)) return [failed("Expiry", `${head.expiresAt} is no time like 2026-12-08T17:00:00Z`)];
  if (at <= now.getTime() && base === null)
    return [failed("Expiry", `expires ${head.expiresAt}, which is past`)];
  const { maxDays } = limitsFor(config, head.team ?? "default");
  if (maxDays !== null && at > now.getTime() + maxDays * dayMs) {
    return [
      failed(
        "Expiry",
        `expires ${head.expiresAt}; ${head.team ?? "a team"} may keep a cluster ${String(maxDays)} days`,
      ),
    ];
  }
  return [pass("Expiry", maxDays === null ? "has an expiry" : `ephemeral, at most ${String(maxDays)} days`)];
}

function quotaRule(
  head: ClusterFacts,
  base: ClusterFacts | null,
  { config, fleet, pending }: PolicyInput,
): CheckPart[] {
  if (head.expiresAt === null || head.team === null || base !== null) return [];
  const { clusters: limit } = limitsFor(config, head.team);
  if (limit === null) return [];
  const names = new Set(
    [...fleet, ...pending.map(({ facts }) => facts)]
      .filter((facts) => facts.team === head.team && facts.expiresAt !== null)
      .map(({ name }) => name),
  );
  names.add(head.name);
  const sentence = `${head.team} would use ${String(names.size)} of ${String(limit)} ephemeral clusters`;
  return [names.size > limit ? failed("Quota", sentence) : pass("Quota", sentence)];
}

/** Node subnets are compared within one network domain, service ranges never (decisions §9). */
function overlapRule(
  head: ClusterFacts,
  base: ClusterFacts | null,
  { config, fleet, pending }: PolicyInput,
): CheckPart[] {
  const mine = rangesOf(head);
  if (mine.length === 0 || (base !== null && rangesOf(base).join() === mine.join())) return [];
  const domain = networkDomainOf(config, head.region);
  const others = [
    ...fleet.map((facts) => ({ facts, where: facts.name })),
    ...pending.map(({ facts, number }) => ({ facts, where: `${facts.name} (#${String(number)})` })),
  ];
  for (const { facts, where } of others) {
    if (facts.name === head.name || networkDomainOf(config, facts.region) !== domain || domain === null)
      continue;
    const clash = mine.find((range) => rangesOf(facts).some((other) => overlaps(range, other)));
    if (clash !== undefined)
      return [failed("No overlap", `${clash} overlaps with ${where} in network domain ${domain}`)];
  }
  return [
    pass(
      "No overlap",
      domain === null
        ? "the region is in no network domain"
        : `ranges are free in network domain ${domain} and in open pull requests`,
    ),
  ];
}

const rangesOf = (facts: ClusterFacts): string[] =>
  [facts.nodeCidr, facts.podsOverlay ? null : facts.podCidr].filter(
    (range): range is string => range !== null,
  );

function overlaps(a: string, b: string): boolean {
  try {
    return overlapCidr(a, b);
  } catch {
    return false;
  }
}

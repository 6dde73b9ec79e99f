import type { Role } from "../access/actor.ts";
import { requestableTeams } from "../fleet/access.ts";
import { limitsFor, networkDomainOf, type FleetConfig } from "../fleet/config.ts";
import type { ClusterFacts, KnownCluster } from "./cluster-facts.ts";
import { nameProblem, type TakenNames } from "./cluster-name.ts";
import { expiryProblem, quotaProblem, usedBy } from "./lifetime.ts";
import { offerDate, regionProblem, sizeProblem, versionProblem } from "./offered.ts";
import { fieldsWithPicker, type Parameters, type Picker } from "./parameter-schema.ts";
import { poolProblems } from "./pool-rules.ts";
import { rangeIssues, rangeProblem, type RangeField } from "./ranges.ts";
import type { Template } from "./template.ts";

export interface RuleContext {
  config: FleetConfig;
  template: Template;
  parameters: Parameters;
  /** Null while the form cannot be rendered. */
  facts: ClusterFacts | null;
  taken: TakenNames;
  clusters: readonly KnownCluster[];
  actor: { login: string; roles: Role[]; teams: string[] };
  now: Date;
}

export interface Findings {
  errors: Record<string, string>;
  /** What holds, when nothing is wrong. */
  sentence: string;
}

/** The fields a picker fills, with text in them. */
function texts(context: RuleContext, picker: Picker): { path: string; value: string }[] {
  return fieldsWithPicker(context.template.schema, context.parameters, picker).flatMap(({ path, value }) =>
    typeof value === "string" ? [{ path: path.join("."), value }] : [],
  );
}

const textOf = (context: RuleContext, picker: Picker): string | null =>
  texts(context, picker)[0]?.value ?? null;

function collect(
  fields: { path: string; value: string }[],
  judge: (value: string) => string | null,
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, value } of fields) {
    const problem = judge(value);
    if (problem !== null) errors[path] = problem;
  }
  return errors;
}

/** The error of a field that a rule cannot do without; nothing where the template has no such field. */
function missing(context: RuleContext, picker: Picker, sentence: string): Record<string, string> {
  const [field] = fieldsWithPicker(context.template.schema, context.parameters, picker);
  return field === undefined || typeof field.value === "string" ? {} : { [field.path.join(".")]: sentence };
}

function judgeName(context: RuleContext): Findings {
  const nameless = missing(context, "name", "Say the name: it must be free in the fleet.");
  const errors = {
    ...nameless,
    ...collect(texts(context, "name"), (name) => nameProblem(name, context.taken)),
  };
  return {
    errors,
    sentence: `${textOf(context, "name") ?? "the name"} is free in the fleet and in open pull requests`,
  };
}

function judgeOffer(context: RuleContext): Findings {
  const { config } = context;
  const region = textOf(context, "region") ?? "";
  const errors = {
    ...missing(context, "region", "Choose the region: versions and sizes are offered by region."),
    ...collect(texts(context, "region"), (value) => regionProblem(config, value)),
    ...collect(texts(context, "version"), (value) => versionProblem(config, region, value)),
    ...collect(texts(context, "size"), (value) => sizeProblem(config, region, value)),
  };
  return { errors, sentence: offerSentence(context, region) };
}

function offerSentence(context: RuleContext, region: string): string {
  if (region === "") return "the template leaves the region open, so there is no offer to hold it to";
  const date = offerDate(context.config, region);
  const what = [textOf(context, "version"), ...new Set(texts(context, "size").map(({ value }) => value))];
  const offered = what.filter((one) => one !== null).join(", ") || "clusters";
  return `fleet.yaml offers ${offered} in ${region}${date === null ? "" : `, as of ${date}`}`;
}

const rangePickers: Record<RangeField, Picker> = {
  podCidr: "pods-cidr",
  serviceCidr: "services-cidr",
  nodeCidr: "nodes-cidr",
  dnsServiceIp: "dns-service-ip",
};

function judgeRanges(context: RuleContext): Findings {
  const { config, facts, clusters } = context;
  const pathOf = (field: RangeField): string => texts(context, rangePickers[field])[0]?.path ?? "name";
  const errors: Record<string, string> = {};
  if (facts === null) {
    for (const picker of ["pods-cidr", "services-cidr", "nodes-cidr"] as const) {
      Object.assign(
        errors,
        collect(texts(context, picker), (range) => rangeProblem(range, "aks")),
      );
    }
    return { errors, sentence: "the ranges are well formed" };
  }
  for (const { field, message } of rangeIssues(facts, clusters, config)) errors[pathOf(field)] ??= message;
  const subnet = texts(context, "subnet")[0];
  const hasRange = textOf(context, "nodes-cidr") !== null;
  if (subnet && !hasRange)
    errors[pathOf("nodeCidr") === "name" ? "nodeCidr" : pathOf("nodeCidr")] ??=
      "Say the subnet's range too, so that it can be compared.";
  if (!subnet && hasRange)
    errors[pathOf("nodeCidr")] ??= "Only with an existing node subnet; leave it empty or name the subnet.";
  const domain = networkDomainOf(config, facts.region);
  const free =
    facts.nodeCidr === null || domain === null ? "" : `; the node subnet is free in network domain ${domain}`;
  return { errors, sentence: `pods, services and nodes are apart${free}` };
}

function judgePools(context: RuleContext): Findings {
  const { errors, sentence } = poolProblems(context.template.schema, context.parameters);
  return { errors, sentence };
}

function judgePolicy(context: RuleContext): Findings {
  const { config, actor, clusters, now } = context;
  const team = textOf(context, "team") ?? "";
  const allowed = requestableTeams(config, actor);
  const errors = {
    ...missing(context, "team", "Choose the team: how many clusters and for how long hangs on it."),
    ...collect(texts(context, "team"), (value) => teamProblem(value, allowed)),
  };
  const expiry = fieldsWithPicker(context.template.schema, context.parameters, "expiry")[0];
  const path = expiry?.path.join(".") ?? "expiresAt";
  const expiresAt = typeof expiry?.value === "string" ? expiry.value : null;
  const limits = limitsFor(config, team);
  // A template without a team is nobody's: only the policy check of its pull request can say more.
  if (Object.keys(errors).length > 0 || team === "")
    return { errors, sentence: "belongs to no team, so no team's limit counts" };
  if (expiresAt === null) {
    const isLimited = limits.clusters !== null || limits.maxDays !== null;
    if (isLimited && !actor.roles.includes("platform-engineer")) {
      errors[path] =
        "Say when it is handed back: clusters without an end are asked for by platform engineers.";
    }
    return { errors, sentence: `kept until somebody deletes it, for ${team}` };
  }
  const used = usedBy(team, clusters);
  const late = expiryProblem(config, team, expiresAt, now);
  if (late !== null) errors[path] = late;
  const full = quotaProblem(config, team, used);
  const teamPath = texts(context, "team")[0]?.path ?? "team";
  if (full !== null) errors[teamPath] = full;
  const days = limits.maxDays === null ? "ephemeral" : `ephemeral, at most ${String(limits.maxDays)} days`;
  const count =
    limits.clusters === null ? "" : `; ${team} uses ${String(used + 1)} of ${String(limits.clusters)}`;
  return { errors, sentence: `${days}${count}` };
}

function teamProblem(team: string, allowed: readonly string[]): string | null {
  if (allowed.includes(team)) return null;
  if (allowed.length === 0) return "You are in no team that may ask for clusters.";
  return `You may ask for ${allowed.join(", ")}.`;
}

/** Every cross-field rule of a request, in the order its checks are shown. */
export const requestRules: readonly { label: string; judge: (context: RuleContext) => Findings }[] = [
  { label: "Name", judge: judgeName },
  { label: "Offered", judge: judgeOffer },
  { label: "No overlap", judge: judgeRanges },
  { label: "Pools", judge: judgePools },
  { label: "Policy", judge: judgePolicy },
];

import type { Role } from "../access/actor.ts";
import type { FleetConfig } from "../fleet/config.ts";
import { estimateCost, type CostEstimate, type Prices } from "../fleet/prices.ts";
import type { ClusterFacts, KnownCluster } from "./cluster-facts.ts";
import { partOfPath } from "./layout.ts";
import { effectiveParameters, type Parameters } from "./parameter-schema.ts";
import { readClusterFiles } from "./read-cluster.ts";
import { renderTemplate } from "./render.ts";
import { requestRules, type Findings } from "./request-rules.ts";
import { schemaErrors } from "./schema-errors.ts";
import { suggestNames, type TakenNames } from "./cluster-name.ts";
import type { Template } from "./template.ts";

export interface ClusterRequest {
  parameters: Parameters;
  template: Template;
  config: FleetConfig;
  prices: Prices | null;
  existing: {
    clusters: readonly KnownCluster[];
    /** Namespaces of the management cluster. */
    namespaces: readonly string[];
  };
  actor: { login: string; roles: Role[]; teams: string[] };
  now: Date;
}

/** One line below the form, and in the pull request's body. */
export interface RequestCheck {
  label: string;
  ok: boolean;
  sentence: string;
}

export interface RequestVerdict {
  /** Field path inside the parameters (`name`, `pools.0.size`) → sentence with what is allowed. Empty = may be asked for. */
  errors: Record<string, string>;
  checks: RequestCheck[];
  cost: CostEstimate;
  /** Two free names, where the one asked for is taken or not allowed. */
  suggestions: string[];
  /** Parameters with the template's defaults filled in. */
  parameters: Parameters;
}

/**
 * Judges a request for a new cluster: the template's JSON Schema first, then every cross-field rule (name, ranges,
 * offer, team, expiry, quota). The same rules hold in the form, in the action and in `fleetwright/policy`.
 */
export function validateClusterRequest(request: ClusterRequest): RequestVerdict {
  const { template, config, actor, now } = request;
  const parameters = effectiveParameters(template.schema, request.parameters);
  const taken = takenNames(request.existing);
  const shape = schemaErrors(template.schema, parameters);
  const facts = factsOf(template, parameters);
  const context = {
    config,
    template,
    parameters,
    facts,
    taken,
    clusters: request.existing.clusters,
    actor,
    now,
  };
  const errors: Record<string, string> = { ...shape };
  const checks: RequestCheck[] = [completeness(shape, template)];
  for (const rule of requestRules) {
    const findings: Findings = rule.judge(context);
    for (const [path, sentence] of Object.entries(findings.errors)) errors[path] ??= sentence;
    const first = Object.values(findings.errors)[0];
    checks.push({ label: rule.label, ok: first === undefined, sentence: first ?? findings.sentence });
  }
  const wantsName = typeof parameters["name"] === "string" && errors["name"] !== undefined;
  const suggestions = wantsName ? suggestNames(askedOf(parameters), taken) : [];
  if (suggestions.length > 0) errors["name"] = `${errors["name"] ?? ""} Free: ${suggestions.join(", ")}.`;
  const cost: CostEstimate =
    facts === null
      ? { known: false, reason: "The form is not complete." }
      : estimateCost(facts, request.prices, now);
  return { errors, checks, cost, suggestions, parameters };
}

const completeness = (errors: Record<string, string>, template: Template): RequestCheck => {
  const count = Object.keys(errors).length;
  const fields = `${String(count)} ${count === 1 ? "field" : "fields"} to fix`;
  return {
    label: "Complete",
    ok: count === 0,
    sentence:
      count === 0 ? `every field is as ${template.name} version ${String(template.version)} asks` : fields,
  };
};

/** Facts as the rendered files state them: what the rules judge is what Git will hold. */
function factsOf(template: Template, parameters: Parameters): ClusterFacts | null {
  const rendered = renderTemplate(template, parameters, { preview: true });
  if (!rendered.ok) return null;
  return readClusterFiles({ cluster: clusterTextOf(rendered.value) });
}

function clusterTextOf(files: Record<string, string>): string | undefined {
  return Object.entries(files).find(([path]) => partOfPath(path) === "cluster")?.[1];
}

/** Every name that cannot be chosen: clusters, open requests, namespaces. */
export function takenNames(existing: ClusterRequest["existing"]): TakenNames {
  const taken = new Map<string, string>();
  for (const namespace of existing.namespaces)
    taken.set(namespace, "is a namespace of the management cluster");
  for (const { name, request } of existing.clusters) {
    if (request === null) taken.set(name, "exists");
    else if (taken.get(name) !== "exists") taken.set(name, `is asked for in #${String(request)}`);
  }
  return taken;
}

const textOr = (value: unknown): string | null => (typeof value === "string" ? value : null);

const askedOf = (
  parameters: Parameters,
): Parameters & { name: string; environment: string | null; team: string | null } => ({
  name: textOr(parameters["name"]) ?? "",
  environment: textOr(parameters["environment"]),
  team: textOr(parameters["team"]),
});

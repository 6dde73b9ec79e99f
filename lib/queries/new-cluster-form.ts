import { countEphemeral } from "../db/ephemeral-clusters.ts";
import { findRepository, type RepositoryRow } from "../db/repository.ts";
import type { Actor } from "../domain/access/actor.ts";
import { requestableTeams } from "../domain/fleet/access.ts";
import { limitsFor, networkDomainOf, type FleetConfig } from "../domain/fleet/config.ts";
import type { Prices } from "../domain/fleet/prices.ts";
import type { Template } from "../domain/repository/template.ts";
import type { ReadContext } from "./context.ts";
import type { NewClusterForm, TemplateView } from "./views.ts";

/** What the form of a new cluster is made of, from the repository as last read; never waits for the forge. */
export async function getNewClusterForm({ db, actor }: ReadContext): Promise<NewClusterForm> {
  const repository = await findRepository(db);
  // Written by the engine from these very types.
  const config = (repository?.config ?? null) as FleetConfig | null;
  const prices = (repository?.prices ?? null) as Prices | null;
  const templates = ((repository?.templates ?? []) as Template[]).map(templateView);
  const names = requestableTeams(config, actor);
  const used = await countEphemeral(db, names);
  return {
    templates,
    teams: config === null ? [] : names.map((name) => allowance(config, name, used.get(name) ?? 0)),
    environments: config?.environments ?? [],
    regions: config === null ? [] : regionsOf(config),
    prices: prices === null ? null : { currency: prices.currency, asOf: prices.asOf },
    unavailable: whyNot({ repository, config, templates, names, actor }),
  };
}

const templateView = ({ name, title, description, version, schema }: Template): TemplateView => ({
  name,
  title,
  description,
  version,
  schema,
});

function allowance(config: FleetConfig, name: string, used: number): NewClusterForm["teams"][number] {
  const { clusters, maxDays } = limitsFor(config, name);
  return { name, used, limit: clusters, maxDays };
}

function regionsOf(config: FleetConfig): NewClusterForm["regions"] {
  return Object.entries(config.regions).map(([name, { versions, sizes, asOf, source }]) => ({
    name,
    versions,
    sizes,
    asOf: asOf ?? null,
    source: source ?? null,
    networkDomain: networkDomainOf(config, name),
  }));
}

interface Why {
  repository: RepositoryRow | null;
  config: FleetConfig | null;
  templates: TemplateView[];
  names: string[];
  actor: Actor;
}

function whyNot({ repository, config, templates, names, actor }: Why): string | null {
  if (!actor.roles.some((role) => role === "requester" || role === "platform-engineer")) {
    return "Asking for a cluster needs the role requester or platform engineer in fleet.yaml.";
  }
  if (!repository?.headSha) return "The fleet repository was not read yet. Try again in a moment.";
  if (config === null) return "fleet.yaml cannot be used; an approver must mend it first.";
  if (templates.length === 0) return "The repository holds no usable template (templates/<name>/).";
  if (names.length === 0)
    return "You are in no team that fleet.yaml names (access.teams), so there is nobody to ask for.";
  return null;
}

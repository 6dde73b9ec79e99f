import type { FleetConfig } from "../fleet/config.ts";

/** What a region offers, as of a date; null where fleet.yaml does not name the region. */
function offerOf(config: FleetConfig, region: string): FleetConfig["regions"][string] | null {
  return Object.hasOwn(config.regions, region) ? (config.regions[region] ?? null) : null;
}

/** Why a region cannot be chosen; null when fleet.yaml offers it. */
export function regionProblem(config: FleetConfig, region: string): string | null {
  if (offerOf(config, region) !== null) return null;
  return `fleet.yaml does not offer ${region}; it offers ${listOf(Object.keys(config.regions))}.`;
}

/** Why a Kubernetes version cannot be chosen in a region; null when it is offered or the region is wrong anyway. */
export function versionProblem(config: FleetConfig, region: string, version: string): string | null {
  const offer = offerOf(config, region);
  if (offer === null || offer.versions.includes(version)) return null;
  return `Not offered in ${region}${asOf(offer)}: ${listOf(offer.versions)} are.`;
}

/** Why a machine size cannot be chosen in a region. */
export function sizeProblem(config: FleetConfig, region: string, size: string): string | null {
  const offer = offerOf(config, region);
  if (offer === null || offer.sizes.includes(size)) return null;
  return `Not offered in ${region}${asOf(offer)}: ${listOf(offer.sizes)} are.`;
}

/** "as of 2026-11-01" of a region's offer, for the sentence of a check. */
export function offerDate(config: FleetConfig, region: string): string | null {
  return offerOf(config, region)?.asOf ?? null;
}

const asOf = (offer: { asOf?: string | undefined }): string =>
  offer.asOf === undefined ? "" : ` as of ${offer.asOf}`;

const listOf = (values: readonly string[]): string => (values.length === 0 ? "nothing" : values.join(", "));

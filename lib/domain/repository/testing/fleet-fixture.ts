import { parseFleetConfig, type FleetConfig } from "../../fleet/config.ts";
import { parsePrices } from "../../fleet/prices.ts";
import type { ClusterFacts, KnownCluster } from "../cluster-facts.ts";
import { readClusterFiles } from "../read-cluster.ts";
import { renderTemplate } from "../render.ts";
import { fixtureTemplate, goodParameters } from "./template-fixture.ts";

export const fixtureNow = new Date("2026-11-24T12:00:00Z");

const text = `version: 1
access:
  roles: {requester: [team-leads], platform-engineer: [platform]}
  teams: {payments: payments-devs, search: search-devs}
limits: {default: {clusters: 2, maxDays: 30}}
networkDomains: {corp: {regions: [westeurope, uksouth]}}
regions:
  westeurope: {versions: [v1.34.5, v1.33.9], sizes: [Standard_D4s_v5], asOf: 2026-11-01}
  eastus: {versions: [v1.33.9], sizes: [Standard_D4s_v5]}
`;

export function fixtureConfig(): FleetConfig {
  const { config, problems } = parseFleetConfig(text);
  if (config === null) throw new Error(JSON.stringify(problems));
  return config;
}

export const fixturePrices = parsePrices(
  "currency: EUR\nasOf: 2026-11-01\ncontrolPlane: {Standard: 0.1}\nregions: {westeurope: {Standard_D4s_v5: 0.2}}\n",
).prices;

/** A cluster of the fleet, or a requested one. */
export const knownCluster = (name: string, more: Partial<KnownCluster> = {}): KnownCluster => ({
  name,
  region: "westeurope",
  team: "payments",
  expiresAt: null,
  podCidr: "10.244.0.0/16",
  nodeCidr: null,
  podsOverlay: true,
  request: null,
  ...more,
});

/** Facts of the good request with other parameters. */
export function fixtureFacts(more: Record<string, unknown> = {}): ClusterFacts {
  const rendered = renderTemplate(fixtureTemplate(), { ...goodParameters, ...more });
  if (!rendered.ok) throw new Error(rendered.message);
  const cluster = Object.entries(rendered.value).find(([path]) => path.endsWith("/cluster.yaml"))?.[1];
  const facts = readClusterFiles({ cluster });
  if (facts === null) throw new Error("no cluster");
  return facts;
}

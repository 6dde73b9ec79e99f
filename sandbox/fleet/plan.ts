/** One cluster of the demo fleet: what somebody once asked for, and in which commit it came. */
export interface PlannedCluster {
  name: string;
  template: "aks-standard" | "aks-small" | "dev";
  environment: "production" | "staging" | "development";
  region: "eastus" | "westus3" | "westeurope" | "uksouth";
  team: string;
  owner: string;
  purpose: string;
  version: string;
  /** Days from seeding to its expiry; null = kept. */
  expiresInDays: number | null;
  /** Number of the cluster in the fleet: gives it ranges of its own. */
  ordinal: number;
}

const current = "v1.34.5";
const previous = "v1.33.9";

const regions = [
  { region: "eastus", short: "eus", production: 6, staging: 3, development: 5 },
  { region: "westus3", short: "wus", production: 4, staging: 3, development: 4 },
  { region: "westeurope", short: "weu", production: 6, staging: 3, development: 5 },
  { region: "uksouth", short: "uks", production: 4, staging: 3, development: 4 },
] as const;

const environments = [
  { environment: "production", short: "prod" },
  { environment: "staging", short: "stage" },
  { environment: "development", short: "dev" },
] as const;

const teams = ["payments", "search", "identity", "data", "web", "platform"] as const;

const owners: Record<string, string> = {
  payments: "lena.k",
  search: "jonas.w",
  data: "jonas.w",
  identity: "priya.s",
  web: "priya.s",
  platform: "omar.h",
};

const purposes: Record<string, Record<PlannedCluster["environment"], string>> = {
  payments: {
    production: "Card and account settlement",
    staging: "Settlement, before release",
    development: "Settlement feature work",
  },
  search: {
    production: "Query serving and indexing",
    staging: "Index rebuild rehearsals",
    development: "Ranking experiments",
  },
  identity: {
    production: "Sign-in and tokens for every product",
    staging: "Sign-in, before release",
    development: "Passkey work",
  },
  data: {
    production: "Streams and nightly reports",
    staging: "Report pipeline, before release",
    development: "Notebook backends",
  },
  web: {
    production: "Shop front and customer pages",
    staging: "Shop front, before release",
    development: "Shop front branches",
  },
  platform: {
    production: "Build runners and registries",
    staging: "Add-on rehearsals",
    development: "Add-on trials",
  },
};

/** Clusters still on the older minor. */
const onPrevious = new Set([
  "prod-eus-5",
  "prod-eus-6",
  "prod-wus-4",
  "prod-weu-5",
  "prod-weu-6",
  "prod-uks-4",
  "stage-wus-3",
  "stage-uks-3",
  "dev-eus-2",
  "dev-weu-3",
  "dev-uks-2",
  "dev-wus-3",
]);

/** Development clusters on the in-memory provider. */
const inMemory = new Set([
  "dev-eus-4",
  "dev-eus-5",
  "dev-wus-3",
  "dev-wus-4",
  "dev-weu-4",
  "dev-weu-5",
  "dev-uks-3",
  "dev-uks-4",
]);

/** Ephemeral clusters: team, purpose and days left; the first two are near their expiry. */
const ephemeral: Record<string, { team: string; purpose: string; days: number }> = {
  "dev-eus-3": { team: "payments", purpose: "Load test of the settlement service", days: 0.8 },
  "dev-weu-4": { team: "search", purpose: "Compare two tokenizers", days: 1.9 },
  "dev-uks-3": { team: "payments", purpose: "Reproduce the timeout of ticket 4182", days: 9 },
  "dev-wus-2": { team: "data", purpose: "Backfill rehearsal", days: 13 },
  "dev-eus-5": { team: "web", purpose: "Checkout redesign preview", days: 20 },
  "stage-weu-3": { team: "payments", purpose: "Penetration test, November", days: 12 },
};

/** Every cluster of the fleet, in the order people would list them. */
function planAll(): PlannedCluster[] {
  const planned: PlannedCluster[] = [];
  for (const { environment, short } of environments) {
    for (const [index, place] of regions.entries()) {
      for (let number = 1; number <= place[environment]; number += 1) {
        const name = `${short}-${place.short}-${String(number)}`;
        const limited = ephemeral[name];
        const team = limited?.team ?? teams[(number - 1 + index * 2) % teams.length] ?? "platform";
        planned.push({
          name,
          template: templateOf(name, environment),
          environment,
          region: place.region,
          team,
          owner: owners[team] ?? "omar.h",
          purpose: limited?.purpose ?? purposes[team]?.[environment] ?? "Shared",
          version: onPrevious.has(name) ? previous : current,
          expiresInDays: limited?.days ?? null,
          ordinal: planned.length,
        });
      }
    }
  }
  return planned;
}

function templateOf(name: string, environment: PlannedCluster["environment"]): PlannedCluster["template"] {
  if (inMemory.has(name)) return "dev";
  return environment === "development" ? "aks-small" : "aks-standard";
}

/** The 50 clusters of the demo fleet: 3 environments, 4 regions, 6 teams, 2 Kubernetes minors. */
export const plannedClusters: readonly PlannedCluster[] = planAll();

/**
 * A smaller fleet with every kind of cluster and trouble still in it: the troubled ones first, then the rest in
 * turn over the environments.
 */
export function planFleet(count: number, keep: ReadonlySet<string>): PlannedCluster[] {
  if (count >= plannedClusters.length) return [...plannedClusters];
  const rest = plannedClusters.filter(({ name }) => !keep.has(name));
  const turn = (cluster: PlannedCluster): number =>
    Number(cluster.name.split("-")[2]) * 10 + cluster.ordinal / 100;
  const ordered = [
    ...plannedClusters.filter(({ name }) => keep.has(name)),
    ...rest.sort((a, b) => turn(a) - turn(b)),
  ];
  const chosen = new Set(ordered.slice(0, count).map(({ name }) => name));
  return plannedClusters.filter(({ name }) => chosen.has(name));
}

import type { ForgeCommit } from "../contracts.ts";
import { clusterFile, templatesDir } from "../../lib/domain/repository/layout.ts";
import { authorOf } from "./people.ts";
import type { PlannedCluster } from "./plan.ts";
import { renderFleet } from "./render-fleet.ts";

const hour = 3_600_000;
const older = "v1.33.9";

/** Clusters whose control plane was upgraded and whose pools were held back (a hand-made commit). */
export const heldUpgrade = "stage-uks-2";

interface Step {
  /** Hours before seeding. */
  ago: number;
  login: string;
  message: string;
  files: Record<string, string>;
}

/**
 * The fleet repository's history, oldest first: how it got to `files` and the planned clusters in nine weeks. The
 * last three commits change what production clusters run.
 */
export function fleetHistory(
  files: Record<string, string>,
  clusters: readonly PlannedCluster[],
  now: Date,
): ForgeCommit[] {
  const steps = [...foundation(files), ...arrivals(files, clusters, now), ...recent(files)];
  return steps
    .sort((a, b) => b.ago - a.ago)
    .filter((step) => Object.keys(step.files).length > 0)
    .map((step) => ({
      message: step.message,
      author: authorOf(step.login),
      date: new Date(now.getTime() - step.ago * hour).toISOString(),
      files: step.files,
    }));
}

const days = (count: number): number => count * 24;

/** Files whose path starts with one of the prefixes. */
function pick(files: Record<string, string>, ...prefixes: string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).filter(([path]) => prefixes.some((prefix) => path.startsWith(prefix))),
  );
}

function foundation(files: Record<string, string>): Step[] {
  const stack = pick(files, "infrastructure/base/", "infrastructure/overlays/", "policies/", "apps/");
  const settings = pick(files, "README.md", "CODEOWNERS", "fleet.yaml", "prices.yaml");
  const flux = pick(files, ".sops.yaml", "clusters/management/", "infrastructure/flux/");
  return [
    { ago: days(63), login: "nadia.r", message: "Start the fleet repository", files: settings },
    { ago: days(62), login: "omar.h", message: "Bootstrap Flux on the management cluster", files: flux },
    {
      ago: days(60),
      login: "omar.h",
      message: "Add infrastructure, policies and applications",
      files: { ...stack, ...before(files, 5) },
    },
    {
      ago: days(58),
      login: "nadia.r",
      message: "Add templates for AKS and dev clusters",
      files: pick(files, `${templatesDir}/`),
    },
  ];
}

/** Edits of the last days, newest last; each gives the files before it by `from`. */
const edits: { ago: number; login: string; message: string; path: string; from: string; to: string }[] = [
  {
    ago: days(3),
    login: "priya.s",
    message: "Release web v1.18.0 to development",
    path: "apps/overlays/development/kustomization.yaml",
    from: "newTag: v1.17.2",
    to: "newTag: v1.18.0",
  },
  {
    ago: days(2),
    login: "jonas.w",
    message: "Promote api v2.6.1 to staging\n\nGreen in development for two days.",
    path: "apps/overlays/staging/kustomization.yaml",
    from: "newTag: v2.6.0",
    to: "newTag: v2.6.1",
  },
  {
    ago: 20,
    login: "omar.h",
    message: "Bump ingress-nginx to v1.14.0\n\nFixes the reload on every endpoint change.",
    path: "infrastructure/base/ingress-nginx.yaml",
    from: "controller:v1.13.3",
    to: "controller:v1.14.0",
  },
  {
    ago: 7,
    login: "nadia.r",
    message: "Promote api v2.6.0 to production",
    path: "apps/overlays/production/kustomization.yaml",
    from: "newTag: v2.5.4",
    to: "newTag: v2.6.0",
  },
  {
    ago: 3,
    login: "omar.h",
    message: "Raise production's CPU quota to 200",
    path: "policies/overlays/production/quota.yaml",
    from: 'requests.cpu: "160"',
    to: 'requests.cpu: "200"',
  },
];

/** Files as they were before the last `count` edits. */
function before(files: Record<string, string>, count: number): Record<string, string> {
  const undone = edits.slice(edits.length - count);
  return Object.fromEntries(
    undone.map(({ path, from, to }) => [path, (files[path] ?? "").replace(to, from)]),
  );
}

const recent = (files: Record<string, string>): Step[] =>
  edits.map(({ ago, login, message, path }) => ({
    ago,
    login,
    message,
    files: { [path]: files[path] ?? "" },
  }));

/** Clusters come in batches; ephemeral ones each by a request of their own. */
function arrivals(files: Record<string, string>, clusters: readonly PlannedCluster[], now: Date): Step[] {
  const final = renderFleet(files, clusters, now);
  const staging = clusters.filter(
    ({ environment, expiresInDays }) => environment === "staging" && expiresInDays === null,
  );
  const early = renderFleet(
    files,
    staging.map((cluster) => ({ ...cluster, version: older })),
    now,
  );
  const of = (rendered: typeof final, chosen: (cluster: PlannedCluster) => boolean): Record<string, string> =>
    Object.assign({}, ...clusters.filter(chosen).map(({ name }) => rendered.get(name) ?? {})) as Record<
      string,
      string
    >;
  const kept =
    (environment: string, ...places: string[]) =>
    (cluster: PlannedCluster): boolean =>
      cluster.environment === environment &&
      cluster.expiresInDays === null &&
      (places.length === 0 || places.includes(cluster.region));
  const upgraded = staging.filter(({ version }) => version !== older);
  const step = (ago: number, message: string, own: Record<string, string>): Step => ({
    ago,
    login: "omar.h",
    message,
    files: own,
  });
  return [
    step(
      days(55),
      "Move production in the US into the fleet",
      of(final, kept("production", "eastus", "westus3")),
    ),
    step(
      days(50),
      "Move production in Europe into the fleet",
      of(final, kept("production", "westeurope", "uksouth")),
    ),
    step(days(44), "Add the staging clusters", of(early, kept("staging"))),
    step(days(37), "Add the development clusters", of(final, kept("development"))),
    step(days(21), "Upgrade staging to Kubernetes v1.34.5", upgradeOf(final, upgraded)),
    ...clusters
      .filter(({ expiresInDays }) => expiresInDays !== null)
      .map((cluster) => request(cluster, final.get(cluster.name) ?? {})),
  ];
}

/** Only cluster.yaml changes; one cluster's pools stay behind on purpose. */
function upgradeOf(
  final: Map<string, Record<string, string>>,
  clusters: readonly PlannedCluster[],
): Record<string, string> {
  return Object.fromEntries(
    clusters.map(({ name, version }) => {
      const path = clusterFile(name);
      const content = final.get(name)?.[path] ?? "";
      return [path, name === heldUpgrade ? holdPools(content, version) : content];
    }),
  );
}

/** Pools back to the version before: `version:` below a MachinePool's template, never the control plane's. */
const holdPools = (content: string, version: string): string =>
  content.replaceAll(`      version: ${version}\n`, `      version: ${older}\n`);

function request(cluster: PlannedCluster, files: Record<string, string>): Step {
  const lifetime = (cluster.expiresInDays ?? 0) > 14 ? 26 : 14;
  const message = `Create ${cluster.name} for ${cluster.team}\n\n${cluster.purpose}.\n\nRequested-by: ${cluster.owner}`;
  return { ago: days(lifetime - (cluster.expiresInDays ?? 0)), login: "nadia.r", message, files };
}

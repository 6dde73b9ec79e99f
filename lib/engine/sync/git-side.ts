import type { z } from "zod";
import { loose, looseList, looseString, looseStrings } from "../../domain/loose.ts";
import type { ClusterData } from "../../db/inventory-rows.ts";

const facts = loose({
  name: looseString,
  namespace: looseString,
  environment: looseString,
  region: looseString,
  team: looseString,
  owner: looseString,
  purpose: looseString,
  expiresAt: looseString,
  template: looseString,
  provider: looseString,
  desiredVersion: looseString,
  labels: looseStrings.prefault({}),
});

/** What Git, or a pull request, says about a cluster, as far as rows need it. */
export type GitSide = z.infer<typeof facts>;

/** From `readClusterFiles` or a pull request's stored facts; null where it names no cluster. */
export function parseGitSide(value: unknown): (GitSide & { name: string; namespace: string }) | null {
  const side = facts.parse(value);
  return side.name === undefined
    ? null
    : { ...side, name: side.name, namespace: side.namespace ?? side.name };
}

const requestedSchema = loose({
  template: looseString,
  clusters: looseList(
    loose({
      name: looseString,
      environment: looseString,
      region: looseString,
      team: looseString,
      owner: looseString,
      expiresAt: looseString,
      provider: looseString,
      version: looseString,
    }),
  ),
});

/**
 * The clusters a pull request asks for. Its files say which and whose (`names`, `teams`); its body, which anybody
 * may have written, only adds what a page shows.
 */
export function requestedSides(
  meta: unknown,
  names: readonly string[],
  teams: readonly string[],
): (GitSide & { name: string; namespace: string })[] {
  const { template, clusters } = requestedSchema.parse(meta);
  return names.map((name) => {
    const { version, ...said } = clusters.find((one) => one.name === name) ?? {};
    const team = said.team !== undefined && teams.includes(said.team) ? said.team : teams[0];
    return { labels: {}, ...said, template, desiredVersion: version, team, name, namespace: name };
  });
}

const providers: Record<string, string> = { aks: "AKS", "aks-managed": "AKS", dev: "Dev" };

type GitColumns = Pick<
  ClusterData,
  "environment" | "region" | "team" | "owner" | "purpose" | "template" | "expiresAt" | "labels" | "provider"
>;

/** The columns whose authority is merged Git (decisions §4). */
export function gitColumns(side: GitSide): GitColumns {
  const expiry = side.expiresAt === undefined ? Number.NaN : Date.parse(side.expiresAt);
  return {
    environment: side.environment ?? null,
    region: side.region ?? null,
    team: side.team ?? null,
    owner: side.owner ?? null,
    purpose: side.purpose ?? null,
    template: side.template ?? null,
    expiresAt: Number.isNaN(expiry) ? null : new Date(expiry).toISOString(),
    labels: side.labels,
    provider: providers[side.provider ?? ""] ?? side.provider ?? "unknown",
  };
}

/** Without Git: a hand-made cluster shows where it runs, but belongs to no team. */
export function liveColumns(labels: Record<string, string>): Omit<GitColumns, "provider"> {
  return {
    environment: labels["environment"] ?? null,
    region: labels["region"] ?? null,
    team: null,
    owner: null,
    purpose: null,
    template: null,
    expiresAt: null,
    labels,
  };
}

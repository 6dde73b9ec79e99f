import { countFluxImages, countReleases, countWithoutFlux } from "../db/part-versions.ts";
import {
  countVersions,
  listMoves,
  listPoolsBehind,
  listRunning,
  type StoredAging,
  type StoredPoolBehind,
} from "../db/versions.ts";
import { scopeOf } from "../domain/access/actor.ts";
import { minorOf } from "../domain/capi/version.ts";
import { clusterSlug } from "../domain/cluster/slug.ts";
import type {
  AgingCluster,
  ClusterLink,
  FleetVersions,
  PoolBehind,
} from "../domain/versions/fleet-versions.ts";
import { imageVersion } from "../domain/versions/image-version.ts";
import { minorsBetween } from "../domain/versions/minors-between.ts";
import { partsByEnvironment, type PartCount } from "../domain/versions/parts-by-environment.ts";
import { calendarOf, supportOf, type Support } from "../domain/versions/support-of.ts";
import { versionMatrix, type VersionCount } from "../domain/versions/version-matrix.ts";
import type { ReadContext } from "./context.ts";

/** Rows of each list beyond which only the count is said. */
const listed = 200;
/** Clusters named of each move. */
const named = 6;

/** Which versions the actor's clusters run, what leaves support, what moves; counted by the database. */
export async function getVersionMatrix({ db, actor, now }: ReadContext): Promise<FleetVersions> {
  const scope = scopeOf(actor);
  const [counted, moves, pools, images, releases, withoutFlux] = await Promise.all([
    countVersions(db, scope),
    listMoves(db, scope, named),
    listPoolsBehind(db, scope, listed),
    countFluxImages(db, scope),
    countReleases(db, scope),
    countWithoutFlux(db, scope),
  ]);
  const counts = counted.flatMap(({ version, ...one }): VersionCount[] =>
    version === null ? [] : [{ version, ...one }],
  );
  const old = counts.filter(({ version, provider }) => isAging(supportFor(version, provider, now)));
  const aging = await listRunning(db, scope, distinct(old), listed);
  return {
    total: counted.reduce((sum, { count }) => sum + count, 0),
    matrix: versionMatrix(counts, now),
    unknown: sumBy(counted.filter(({ version }) => version === null)),
    aging: { total: aging[0]?.total ?? 0, clusters: sortAging(aging.map((row) => toAging(row, now))) },
    moves: moves.map(({ clusters, ...move }) => ({ ...move, clusters: clusters.map(linkOf) })),
    poolsBehind: { total: pools[0]?.total ?? 0, pools: pools.map(toPoolBehind) },
    flux: partsByEnvironment(images.map(toPart)),
    addOns: partsByEnvironment(releases),
    fluxUnknown: sumBy(withoutFlux),
  };
}

const linkOf = ({ namespace, name }: { namespace: string; name: string }): ClusterLink => ({
  slug: clusterSlug({ namespace, name }),
  name,
});

const supportFor = (version: string, provider: string, now: Date): Support =>
  supportOf(minorOf(version) ?? version, calendarOf(provider), now);

const isAging = ({ state }: Support): boolean => state === "ended" || state === "ending";

function distinct(counts: readonly VersionCount[]): { version: string; provider: string }[] {
  const pairs = counts.map(
    ({ version, provider }) => [`${version} ${provider}`, { version, provider }] as const,
  );
  return [...new Map(pairs).values()];
}

function toAging(row: StoredAging, now: Date): AgingCluster {
  const { environment, team, provider, version } = row;
  return {
    ...linkOf(row),
    environment,
    team,
    provider,
    version,
    support: supportFor(version, provider, now),
  };
}

/** What ended longest ago first; the database's order within a day. */
const sortAging = (clusters: AgingCluster[]): AgingCluster[] =>
  clusters.sort((a, b) => (a.support.days ?? 0) - (b.support.days ?? 0));

function toPoolBehind(row: StoredPoolBehind): PoolBehind {
  const { environment, pool, version, controlPlane } = row;
  const minorsBehind = minorsBetween(version, controlPlane);
  return { cluster: linkOf(row), environment, pool, version, controlPlane, minorsBehind };
}

function toPart({
  image,
  environment,
  count,
}: {
  image: string;
  environment: string;
  count: number;
}): PartCount {
  const { name, version } = imageVersion(image);
  return { part: name, version, environment, count };
}

function sumBy(counts: readonly { environment: string; count: number }[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { environment, count } of counts) sums.set(environment, (sums.get(environment) ?? 0) + count);
  return Object.fromEntries(sums);
}

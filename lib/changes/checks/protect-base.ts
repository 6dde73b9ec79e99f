import type { BuiltPath } from "../../domain/protect/built-path.ts";
import type { Mirror } from "../../git/mirror.ts";
import type { BuildFleet } from "./build-fleet.ts";

/** How many commits are tried for a build that is broken today. */
const furthest = 10;

const idOf = ({ home, namespace, name }: BuiltPath): string => `${home}/${namespace}/${name}`;

/**
 * What Flux last applied of a commit on the default branch: its builds, and for one that fails the newest older one
 * that worked, because Flux goes on with that.
 */
export async function lastApplied(
  mirror: Pick<Mirror, "treeOf" | "firstParentLog">,
  buildFleet: BuildFleet,
  sha: string,
): Promise<readonly BuiltPath[]> {
  let builds = await buildFleet(await mirror.treeOf(sha));
  if (builds.every(({ ok }) => ok)) return builds;
  const older = (await mirror.firstParentLog(sha)).toReversed().slice(1, 1 + furthest);
  for (const commit of older) {
    builds = patched(builds, await buildFleet(await mirror.treeOf(commit.sha)));
    if (builds.every(({ ok }) => ok)) break;
  }
  return builds;
}

/** Failing builds replaced by older ones, with the Kustomizations that only those show. */
function patched(builds: readonly BuiltPath[], older: readonly BuiltPath[]): BuiltPath[] {
  const result = [...builds];
  const adopted = new Set<string>();
  for (const one of older.filter(({ ok }) => ok)) {
    const at = result.findIndex((own) => idOf(own) === idOf(one));
    const isFailing = at >= 0 && result[at]?.ok === false;
    if (isFailing) result[at] = one;
    else if (at < 0 && adopted.has(`${one.namespace}/${one.name}`)) result.push(one);
    else continue;
    for (const { kind, metadata } of one.objects)
      if (kind === "Kustomization") adopted.add(`${metadata.namespace ?? "default"}/${metadata.name}`);
  }
  return result;
}

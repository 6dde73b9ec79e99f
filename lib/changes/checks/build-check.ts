import { outcomeOf, type CheckOutcome } from "../../domain/change/check-outcome.ts";
import type { BuiltPath } from "../../domain/protect/built-path.ts";
import type { MergedTree } from "../../git/mirror.ts";
import type { BuildFleet } from "./build-fleet.ts";

/** The most problems one check lists. */
const shown = 20;

/**
 * `fleetwright/build`: every Kustomization path of the merged tree builds and its schemas hold. Where we cannot build
 * at all the check waits: that is our fault, not the change's.
 */
export async function buildCheck(merged: MergedTree, buildFleet: BuildFleet): Promise<CheckOutcome> {
  const name = "fleetwright/build";
  if (!merged.clean) {
    const sentence = `conflicts with the default branch in ${merged.paths.slice(0, 5).join(", ")}`;
    return outcomeOf(name, [{ label: "Merges", state: "fail", sentence }], "");
  }
  let builds: readonly BuiltPath[];
  try {
    builds = await buildFleet(merged.tree);
  } catch {
    const sentence = "the fleet could not be built here; it is tried again";
    return outcomeOf(name, [{ label: "Builds", state: "wait", sentence }], "");
  }
  const count = new Set(builds.map(({ path }) => path)).size;
  const paths = `${String(count)} path${count === 1 ? "" : "s"}`;
  const well = `every Kustomization path renders (${paths}); schemas hold`;
  const problems = builds.filter(({ ok }) => !ok);
  if (problems.length === 0)
    return outcomeOf(name, [{ label: "Builds", state: "pass", sentence: well }], well);
  const parts = problems.slice(0, shown).map(({ home, name: kustomization, path, error }) => ({
    label: path,
    state: "fail" as const,
    sentence: `${path}: Kustomization ${kustomization} (${home}): ${error ?? "does not build"}`,
  }));
  return outcomeOf(name, parts, "");
}

import { outcomeOf, type CheckOutcome } from "../../domain/change/check-outcome.ts";
import type { MergedTree } from "../../git/mirror.ts";
import type { BuildTree } from "./build-tree.ts";

/** The most problems one check lists. */
const shown = 20;

/** `fleetwright/build`: every Kustomization path of the merged tree builds and its schemas hold. */
export async function buildCheck(merged: MergedTree, buildTree: BuildTree): Promise<CheckOutcome> {
  const name = "fleetwright/build";
  if (!merged.clean) {
    const sentence = `conflicts with the default branch in ${merged.paths.slice(0, 5).join(", ")}`;
    return outcomeOf(name, [{ label: "Merges", state: "fail", sentence }], "");
  }
  const { built, problems } = await buildTree(merged.tree);
  const paths = `${String(built.length)} path${built.length === 1 ? "" : "s"}`;
  const well = `every Kustomization path renders (${paths}); schemas hold`;
  if (problems.length === 0)
    return outcomeOf(name, [{ label: "Builds", state: "pass", sentence: well }], well);
  const parts = problems.slice(0, shown).map(({ path, message }) => ({
    label: path,
    state: "fail" as const,
    sentence: `${path}: ${message}`,
  }));
  return outcomeOf(name, parts, "");
}

import { clustersAskedFor, clustersOfTree } from "../../changes/known-clusters.ts";
import { configProblems, templateFiles } from "../../changes/checks/config-problems.ts";
import { readFleetConfig } from "../../changes/checks/rule-inputs.ts";
import type { ChangeWorld } from "../../changes/change-world.ts";
import { openChanges } from "../../db/changes.ts";
import type { FleetConfig } from "../../domain/fleet/config.ts";
import { parsePrices, type Prices } from "../../domain/fleet/prices.ts";
import type { KnownCluster } from "../../domain/repository/cluster-facts.ts";
import { pricesFile, templateDir } from "../../domain/repository/layout.ts";
import { parseTemplate, type Template } from "../../domain/repository/template.ts";

/** What a request is planned on: the default branch's head as mirrored, and what is already asked for. */
export interface FleetAtHead {
  baseSha: string;
  config: FleetConfig;
  prices: Prices | null;
  template: Template | null;
  clusters: KnownCluster[];
}

/** Reads it from the local mirror; a string says why nothing can be asked for now. */
export async function fleetAtHead(world: ChangeWorld, templateName: string): Promise<FleetAtHead | string> {
  const { mirror } = world;
  const baseSha = await mirror.head();
  if (baseSha === null) return "The fleet repository was not read yet. Try again in a moment.";
  const config = await readFleetConfig(mirror, baseSha);
  if (config === null) {
    const problem = (await configProblems(mirror, baseSha))[0];
    return `fleet.yaml cannot be used${problem ? `: ${problem.message}` : ""}. An approver must mend it first.`;
  }
  const [pricesText, files, clusters, open] = await Promise.all([
    mirror.readFile(baseSha, pricesFile),
    mirror.readFiles(baseSha, templateDir(templateName)),
    clustersOfTree(mirror, baseSha),
    openChanges(world.db, world.repository.id),
  ]);
  const own = templateFiles(files)[0];
  return {
    baseSha,
    config,
    prices: pricesText === null ? null : parsePrices(pricesText).prices,
    template: own ? parseTemplate(...own).template : null,
    clusters: [...clusters, ...(await clustersAskedFor(mirror, { baseSha, open }))],
  };
}

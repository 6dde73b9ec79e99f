import { approvalsFor, type FleetConfig } from "../../domain/fleet/config.ts";
import { clusterOfPath } from "../../domain/repository/layout.ts";
import type { TouchedCluster } from "../touched-clusters.ts";

/** Shared files whose change reaches every environment. */
const reachesAll =
  /^(fleet\.yaml|CODEOWNERS|\.github\/CODEOWNERS|clusters\/management\/|(apps|infrastructure|policies)\/)/;

/**
 * How many approvals a change needs: the most any environment it reaches asks for. Judged by the base's fleet.yaml,
 * so that no change lowers its own bar.
 */
export function approvalsNeeded(
  config: FleetConfig,
  paths: readonly string[],
  clusters: readonly TouchedCluster[],
): number {
  const environments = new Set<string | null>([null]);
  for (const { base, head } of clusters) {
    if (base) environments.add(base.environment);
    if (head) environments.add(head.environment);
  }
  for (const path of paths.filter((one) => clusterOfPath(one) === null)) {
    const overlay = /^[^/]+\/overlays\/([^/]+)\//.exec(path)?.[1];
    if (overlay !== undefined) environments.add(overlay);
    else if (reachesAll.test(path)) Object.keys(config.approvals).forEach((name) => environments.add(name));
  }
  return Math.max(...[...environments].map((environment) => approvalsFor(config, environment)));
}

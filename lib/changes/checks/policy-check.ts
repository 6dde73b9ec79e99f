import { outcomeOf, type CheckOutcome, type CheckPart } from "../../domain/change/check-outcome.ts";
import type { FleetConfig } from "../../domain/fleet/config.ts";
import type { Problem } from "../../domain/repository/problem.ts";
import { problemLine } from "../../domain/repository/problem.ts";
import type { ClusterFacts } from "../../domain/repository/cluster-facts.ts";
import type { TouchedCluster } from "../touched-clusters.ts";
import { clusterRules } from "./cluster-rules.ts";

export interface PolicyInput {
  /** fleet.yaml as it would be after the merge. */
  config: FleetConfig;
  /** Of the merged tree's own files (fleet.yaml, prices.yaml, templates). */
  problems: readonly Problem[];
  touched: readonly TouchedCluster[];
  /** Every cluster of the merged tree. */
  fleet: readonly ClusterFacts[];
  /** Clusters other open pull requests would add. */
  pending: readonly { number: number; facts: ClusterFacts }[];
  now: Date;
}

/** `fleetwright/policy`: fleet.yaml's limits, names, ranges and what is offered, for every cluster touched. */
export function policyCheck(input: PolicyInput): CheckOutcome {
  const errors = input.problems.filter(({ severity }) => severity === "error");
  const configuration: CheckPart[] = errors.map((problem) => ({
    label: "Configuration",
    state: "fail",
    sentence: problemLine(problem),
  }));
  const several = input.touched.length > 1;
  const rules = input.touched.flatMap(({ base, head }) => {
    if (head === null) return [];
    const parts = clusterRules(head, base, input);
    return several ? parts.map((part) => ({ ...part, sentence: `${head.name}: ${part.sentence}` })) : parts;
  });
  const parts = [...configuration, ...rules];
  if (parts.length === 0)
    parts.push({ label: "Policy", state: "pass", sentence: "touches no cluster and no rule of fleet.yaml" });
  return outcomeOf("fleetwright/policy", parts, "names, limits, ranges and offers of fleet.yaml hold");
}

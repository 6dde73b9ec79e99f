import { outcomeOf, type CheckOutcome } from "../../domain/change/check-outcome.ts";
import { checkPolicy, type PolicyInput } from "../../domain/repository/policy-check.ts";

/** `fleetwright/policy`: fleet.yaml's limits, names, ranges and what is offered, for every cluster touched. */
export function fleetPolicy(input: PolicyInput): CheckOutcome {
  const parts = checkPolicy(input).map(({ label, ok, sentence }) => ({
    label,
    state: ok ? ("pass" as const) : ("fail" as const),
    sentence,
  }));
  return outcomeOf("fleetwright/policy", parts, "names, limits, ranges and offers of fleet.yaml hold");
}

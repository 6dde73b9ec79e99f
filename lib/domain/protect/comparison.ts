import { clusterNames, type ClusterNames } from "./cluster-names.ts";
import type { BuiltPath } from "./built-path.ts";
import { needsOf, roleOf, type Role } from "./guarded.ts";
import type { Applied } from "./applied.ts";
import { readFleet, type Fleet } from "./read-fleet.ts";

/** What a guarded object was before. */
export interface Guarded {
  one: Applied;
  role: Role;
  cluster: string | null;
}

/** Two trees side by side. */
export interface Comparison {
  base: Fleet;
  head: Fleet;
  clusterOf: ClusterNames;
  /** Guarded objects of the base; of two that claim one object, the first. */
  guarded: Guarded[];
  /** Role by what the head needs. */
  roleOf: (one: Applied) => Role | null;
}

/** Reads both trees; what nothing in the head needs any more may go, unless it is guarded for what it is. */
export function compare(baseBuilds: readonly BuiltPath[], headBuilds: readonly BuiltPath[]): Comparison {
  const base = readFleet(baseBuilds);
  const head = readFleet(headBuilds);
  const needs = needsOf(head);
  const clusterOf = clusterNames(base, head);
  const guarded = [...base.applied.values()].flatMap(([one]) => {
    const role = one === undefined ? null : roleOf(one, needs);
    return one === undefined || role === null ? [] : [{ one, role, cluster: clusterOf(one) }];
  });
  return { base, head, clusterOf, guarded, roleOf: (one) => roleOf(one, needs) };
}

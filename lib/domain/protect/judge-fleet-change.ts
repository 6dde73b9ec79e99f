import type { BuiltPath } from "./built-path.ts";
import { compare } from "./comparison.ts";
import { findEmptied } from "./emptied.ts";
import type { Finding, ProtectRule } from "./finding.ts";
import { findForces } from "./forces.ts";
import { findMoves } from "./moves.ts";
import { findLostProtections } from "./protections.ts";
import { findRemovals } from "./removals.ts";
import { findRewirings, findTurnedKustomizations } from "./rewirings.ts";
import { findChangedSources } from "./sources.ts";
import { findUnjudged } from "./unjudged.ts";

/** The gravest first: the first finding is what people read in a list. */
const gravity: ProtectRule[] = [
  "retargeted",
  "removed",
  "renamed",
  "emptied",
  "rewired",
  "moved",
  "doubled",
  "force",
  "source-changed",
  "protection-lost",
  "unjudged",
];

/**
 * What merging would do to what the fleet lives on (gitops-reference §3.6 and §3.7): Clusters, control planes, pools,
 * namespaces, Kustomizations, their sources, and everything that carries `prune: disabled`. Empty = nothing to say.
 *
 * @param base Every Kustomization of the base, built; where one does not build today, as it was last applied.
 * @param head Every Kustomization of the tree that merging would give.
 */
export function judgeFleetChange(base: readonly BuiltPath[], head: readonly BuiltPath[]): Finding[] {
  const compared = compare(base, head);
  const findings = [
    ...findRemovals(compared),
    ...findEmptied(compared),
    ...findRewirings(compared),
    ...findTurnedKustomizations(compared),
    ...findMoves(compared),
    ...findForces(compared),
    ...findChangedSources(compared),
    ...findLostProtections(compared),
    ...findUnjudged(compared),
  ];
  const rank = ({ rule, severity, sentence }: Finding): number =>
    (severity === "fail" ? 0 : 100) +
    gravity.indexOf(rule) +
    (sentence.startsWith("Merging would delete") ? -50 : 0);
  return findings.sort((a, b) => rank(a) - rank(b));
}

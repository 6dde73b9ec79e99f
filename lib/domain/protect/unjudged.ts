import { textAt } from "../repository/loose.ts";
import type { Comparison } from "./comparison.ts";
import type { Finding } from "./finding.ts";
import { grouped } from "./grouped.ts";
import type { FleetKustomization } from "./applied.ts";
import { managementHome, type Fleet } from "./read-fleet.ts";
import { listOf } from "./words.ts";

/** Whatever cannot be judged: a build that fails, names that are not known, a root that is not the one built. */
export function findUnjudged(compared: Comparison): Finding[] {
  const { base, head } = compared;
  return [
    ...empty(compared),
    ...failing(base, head),
    ...openNames(base, "on the default branch "),
    ...openNames(head, ""),
    ...movedRoots(compared),
  ];
}

const unjudged = (sentence: string, object: string, cluster: string | null): Finding => ({
  rule: "unjudged",
  cluster,
  object,
  sentence,
  severity: "fail",
});

function empty({ base, head }: Comparison): Finding[] {
  const sides = [
    { fleet: base, where: "on the default branch" },
    { fleet: head, where: "after merging" },
  ];
  return sides.flatMap(({ fleet, where }) =>
    fleet.kustomizations.size === 0
      ? [
          unjudged(
            `What merging would prune cannot be told: ${where} no Kustomization is built at all.`,
            "",
            null,
          ),
        ]
      : [],
  );
}

/** One sentence per path and error, however many clusters share it. */
function failing(base: Fleet, head: Fleet): Finding[] {
  const broken = [...base.kustomizations.values(), ...head.kustomizations.values()]
    .filter(({ build }) => !build.ok)
    .map((one) => ({ one, isHead: head.kustomizations.get(one.id) === one }))
    .filter(({ one, isHead }) => isHead || head.kustomizations.get(one.id)?.build.ok !== false);
  const key = ({ one, isHead }: (typeof broken)[number]): string =>
    `${String(isHead)} ${one.build.path} ${one.build.error ?? ""}`;
  return grouped(broken, key).map(([{ one, isHead }, all]) => {
    const labels = all.map(({ one: { label } }) => label);
    const [only, ...others] = new Set(all.map(({ one: own }) => clusterOfKustomization(own)));
    return unjudged(
      isHead && (one.build.error ?? "").startsWith("kustomization path not found")
        ? sayPathless(labels, one.build.path)
        : sayFailing(labels, isHead ? "" : " on the default branch", one.build.error),
      objectOf(one),
      others.length === 0 ? (only ?? null) : null,
    );
  });
}

function sayPathless(labels: readonly string[], path: string): string {
  const [noun, its] = labels.length > 1 ? ["Kustomizations", "their"] : ["Kustomization", "its"];
  return `Merging would leave ${noun} ${listOf(labels)} without ${its} path ${path}: Flux stops there, and what it applied stays without Git.`;
}

function sayFailing(labels: readonly string[], where: string, error: string | null): string {
  const [noun, verb] = labels.length > 1 ? ["Kustomizations", "do"] : ["Kustomization", "does"];
  const reason = (error ?? "no reason given").replace(/(\.\.\/)+view-\d+\//g, "");
  return `What merging would prune cannot be told: ${noun} ${listOf(labels)} ${verb} not build${where} (${reason}).`;
}

const objectOf = ({ build }: FleetKustomization): string => `Kustomization/${build.namespace}/${build.name}`;

/** The cluster a Kustomization carries or lives on, by the layout's label. */
const clusterOfKustomization = ({ object, build, target }: FleetKustomization): string | null =>
  build.home !== managementHome
    ? build.home
    : (textAt(object, "metadata", "labels", "fleetwright.dev/cluster") ??
      (target === managementHome ? null : target));

/** A variable from something that is not in Git leaves `${…}` in a name. */
function openNames(fleet: Fleet, where: string): Finding[] {
  const open = [...fleet.applied.values()].flatMap(([one]) =>
    one !== undefined && `${one.name} ${one.namespace}`.includes("${") ? [one] : [],
  );
  return grouped(open, ({ owner }) => owner.id).map(([one, all]) =>
    unjudged(
      `What merging would prune cannot be told: ${where}Kustomization ${one.owner.label} names ${listOf(all.map(({ kind, name }) => `${kind} ${name}`))} by a variable whose value is not in Git.`,
      objectOf(one.owner),
      clusterOfKustomization(one.owner),
    ),
  );
}

const plain = (path: string): string => path.replace(/^(\.?\/)+/, "").replace(/\/+$/, "") || ".";

/** The root is built where the portal was told it is; its own object must say the same. */
function movedRoots({ head }: Comparison): Finding[] {
  return [...head.kustomizations.values()].flatMap((one) => {
    const path = plain(textAt(one.object, "spec", "path") ?? ".");
    if (one.object === null || path === plain(one.build.path)) return [];
    const sentence = `Merging would make the root Kustomization ${one.label} build ${path} instead of ${plain(one.build.path)}, and prune all it applies from there.`;
    return [{ ...unjudged(sentence, objectOf(one), clusterOfKustomization(one)), rule: "rewired" as const }];
  });
}

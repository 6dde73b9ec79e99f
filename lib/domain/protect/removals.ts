import type { Comparison, Guarded } from "./comparison.ts";
import { fateOf, goesOn, type Fate } from "./fate.ts";
import type { Finding } from "./finding.ts";
import { roles } from "./guarded.ts";
import { idOf, listOf, quoted } from "./words.ts";
import type { Applied } from "./applied.ts";
import { managementHome } from "./read-fleet.ts";

interface Removal extends Guarded {
  fate: Exclude<Fate, "unknown">;
  /** What takes its place, where that can be told. */
  instead: Applied | null;
}

/** Guarded objects the head no longer builds: one sentence per cluster and fate, about the gravest of them. */
export function findRemovals(compared: Comparison): Finding[] {
  const groups = new Map<string, Removal[]>();
  for (const guarded of compared.guarded) {
    const { key: own, within } = guarded.one;
    if (compared.head.applied.has(own)) continue;
    // Goes with what it is written in, which is said already.
    if (within !== null && !compared.head.applied.has(within)) continue;
    const fate = fateOf(guarded.one, compared);
    if (fate === "unknown") continue;
    if (guarded.one.target !== managementHome && goesOn(guarded.one, compared)) continue;
    const key = `${guarded.cluster ?? ""} ${fate}`;
    const removal = { ...guarded, fate, instead: replacementOf(guarded.one, compared) };
    groups.set(key, [...(groups.get(key) ?? []), removal]);
  }
  return [...groups.values()].flatMap((group) => {
    const sorted = group.sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role));
    const first = sorted[0];
    return first ? [sayRemoval(first, sorted, compared)] : [];
  });
}

/** The one new object of its kind, or of its name, that the same Kustomization builds instead. */
function replacementOf(one: Applied, { base, head }: Comparison): Applied | null {
  const fresh = [...head.applied.values()].flatMap(([other]) =>
    other !== undefined && !base.applied.has(other.key) && other.owner.id === one.owner.id ? [other] : [],
  );
  const sameKind = fresh.filter(({ kind, group }) => kind === one.kind && group === one.group);
  const sameName = fresh.filter(({ name, namespace }) => name === one.name && namespace === one.namespace);
  const [only, ...more] = sameKind.length > 0 ? sameKind : sameName;
  return only !== undefined && more.length === 0 ? only : null;
}

function sayRemoval(first: Removal, all: Removal[], compared: Comparison): Finding {
  const { one, cluster, fate, instead } = first;
  const what = whatGoes(first, all, compared);
  const sameName = instead && quoted(instead) === quoted(one) ? ` in namespace ${instead.namespace}` : "";
  const verb = fate === "deleted" ? `delete ${what}` : `leave ${what} unmanaged`;
  const then = instead
    ? ` and create ${quoted(instead)}${sameName} ${fate === "deleted" ? "in its place" : "beside it"}`
    : "";
  return {
    rule: instead ? "renamed" : "removed",
    cluster,
    object: idOf(one),
    sentence: `Merging would ${verb}${then}: ${reasonOf(one, all.length > 1 ? "them" : "it", compared)}.`,
    severity: "fail",
  };
}

function whatGoes({ role, one, cluster, fate }: Removal, all: Removal[], compared: Comparison): string {
  const pools = new Set(all.flatMap(({ one: { kind, name } }) => (isPool.test(kind) ? [name] : []))).size;
  const withPools = pools === 0 ? "" : ` with its ${String(pools)} pool${pools === 1 ? "" : "s"}`;
  if (role === "cluster") return `cluster ${one.name}${withPools}`;
  const named = listOf(all.map(({ one: own }) => quoted(own)));
  const of = cluster === null ? "" : ` of cluster ${cluster}`;
  if (fate !== "deleted") return `${named}${of}`;
  const [them, kinds] = all.length > 1 ? ["them", "their kinds"] : ["it", "its kind"];
  if (role === "definition") return `${named}${of} and with ${them} every object of ${kinds}`;
  if (role !== "namespace") return `${named}${of}`;
  const inside = one.target === managementHome ? clustersIn(one.name, compared) : "";
  return inside === "" ? `${named}${of} and everything in ${them}` : `${named} and with ${them} ${inside}`;
}

const isPool = /^Machine(Pool|Deployment)$/;

/** Clusters that live in a namespace of the management cluster, in words; empty where there is none. */
function clustersIn(namespace: string, { base }: Comparison): string {
  const names = [...base.applied.values()].flatMap(([one]) =>
    one?.group === "cluster.x-k8s.io" && one.kind === "Cluster" && one.namespace === namespace
      ? [one.name]
      : [],
  );
  return names.length === 0 ? "" : `cluster ${listOf(names)}`;
}

/** Why it goes, from the topmost Kustomization downwards. */
function reasonOf(one: Applied, them: string, compared: Comparison): string {
  const { head, base } = compared;
  let top = one;
  while (!head.kustomizations.has(top.owner.id)) {
    const self = base.selves.get(top.owner.id);
    if (!self) break;
    top = self;
  }
  const before = top.owner.build;
  const after = head.kustomizations.get(top.owner.id)?.build;
  const subject = top === one ? "" : `${quoted(top)}, which applies ${them}, is gone; `;
  if (!after) return `${subject}Kustomization ${top.owner.label} is no longer built`;
  if (after.objects.length === 0) return `${subject}Kustomization ${top.owner.label} builds nothing any more`;
  if (after.path !== before.path)
    return `${subject}Kustomization ${top.owner.label} would build ${after.path} instead of ${before.path}`;
  const gone = before.files.filter((file) => !after.files.includes(file));
  if (gone.length > 0)
    return `${subject}${listOf(gone)} ${gone.length === 1 ? "is" : "are"} no longer built by Kustomization ${top.owner.label}`;
  return `${subject}Kustomization ${top.owner.label} no longer builds ${top === one ? them : quoted(top)}`;
}

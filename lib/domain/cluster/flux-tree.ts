/** What the order of Flux objects hangs on. */
export interface TreeObject {
  id: string;
  kind: string;
  namespace: string;
  name: string;
  home: "management" | "workload";
  role: string | null;
  dependsOn: readonly string[];
  /** Ids of what it applied: `<ns>_<name>_<group>_<kind>`. */
  inventory: readonly string[];
}

/** An object's place: how deep it is set in, and the ids of all it waits for or is made by. */
interface FluxPlace<T> {
  object: T;
  depth: number;
  after: string[];
}

const roleOrder = ["capi", "flux", "flux-config"];

/**
 * Objects in reading order with their depth: the management cluster's first, then the workload's own, sources
 * before what they feed, each under what it waits for or is made by.
 */
export function fluxTree<T extends TreeObject>(objects: readonly T[]): FluxPlace<T>[] {
  const management = objects.filter(({ home }) => home === "management").sort(byRole);
  const own = objects.filter(({ home }) => home === "workload");
  const sources = own.filter(({ kind }) => kind !== "Kustomization" && kind !== "HelmRelease").sort(byName);
  const roots = [...sources, ...own.filter((object) => !sources.includes(object)).sort(byName)];
  const children = Map.groupBy(roots, (object) => parentOf(object, own)?.id ?? "");
  const out: FluxPlace<T>[] = management.map((object) => ({
    object,
    depth: 0,
    after: afterOf(object, management),
  }));
  const seen = new Set<string>();
  const visit = (object: T, depth: number): void => {
    if (seen.has(object.id)) return;
    seen.add(object.id);
    out.push({ object, depth, after: afterOf(object, own) });
    for (const child of children.get(object.id) ?? []) visit(child, depth + 1);
  };
  const depth = management.length > 0 ? 1 : 0;
  for (const object of children.get("") ?? []) visit(object, depth);
  // A ring of dependencies has no root; show its members all the same.
  for (const object of roots) visit(object, depth);
  return out;
}

function afterOf<T extends TreeObject>(object: T, beside: readonly T[]): string[] {
  const awaited = beside.filter(
    ({ kind, namespace, name }) => kind === object.kind && object.dependsOn.includes(`${namespace}/${name}`),
  );
  const parent = parentOf(object, beside);
  return [...new Set([...awaited, ...(awaited.length === 0 && parent ? [parent] : [])].map(({ id }) => id))];
}

function parentOf<T extends TreeObject>(object: T, all: readonly T[]): T | undefined {
  const waitsFor = object.dependsOn.at(-1);
  const awaited = all.find(
    (other) => other.kind === object.kind && `${other.namespace}/${other.name}` === waitsFor,
  );
  if (awaited) return awaited;
  const entry = `${object.namespace}_${object.name}_`;
  return all.find(
    (other) =>
      other !== object &&
      other.inventory.some((id) => id.startsWith(entry) && id.endsWith(`_${object.kind}`)),
  );
}

function byRole(a: TreeObject, b: TreeObject): number {
  const rank = ({ role }: TreeObject) =>
    roleOrder.includes(role ?? "") ? roleOrder.indexOf(role ?? "") : roleOrder.length;
  return rank(a) - rank(b) || byName(a, b);
}

function byName(a: TreeObject, b: TreeObject): number {
  return a.name.localeCompare(b.name) || a.kind.localeCompare(b.kind);
}

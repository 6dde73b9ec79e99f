/** A thing and the ids of what comes before it. */
interface Ordered {
  id: string;
  after: readonly string[];
}

/**
 * Layers of a dependency graph: each thing one behind the last of those it waits for, in the order given within a
 * layer. What is not among them counts for nothing; a ring is cut where it was entered.
 */
export function fluxLayers<T extends Ordered>(things: readonly T[]): T[][] {
  const byId = new Map(things.map((one) => [one.id, one]));
  const known = new Map<string, number>();
  const layerOf = (one: T, way: ReadonlySet<string>): number => {
    const before = known.get(one.id);
    if (before !== undefined) return before;
    const nextWay = new Set([...way, one.id]);
    const found = one.after.flatMap((id) => {
      const other = byId.get(id);
      return other && !nextWay.has(id) ? [layerOf(other, nextWay) + 1] : [];
    });
    const layer = Math.max(0, ...found);
    known.set(one.id, layer);
    return layer;
  };
  const layers: T[][] = [];
  for (const one of things) (layers[layerOf(one, new Set())] ??= []).push(one);
  return Array.from(layers, (layer: T[] | undefined) => layer ?? []).filter((layer) => layer.length > 0);
}

/** Items by key in the order they came, each group with its first. */
export function grouped<T>(items: readonly T[], key: (item: T) => string): [T, T[]][] {
  const groups = new Map<string, [T, T[]]>();
  for (const item of items) {
    const known = groups.get(key(item));
    if (known) known[1].push(item);
    else groups.set(key(item), [item, [item]]);
  }
  return [...groups.values()];
}

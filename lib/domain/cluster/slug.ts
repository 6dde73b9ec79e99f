/** Address of a cluster: its name where namespace and name agree, else `namespace.name` (both are DNS labels). */
export function clusterSlug({ namespace, name }: { namespace: string; name: string }): string {
  return namespace === name ? name : `${namespace}.${name}`;
}

/** The reverse; null for text that is no slug. */
export function parseClusterSlug(slug: string): { namespace: string; name: string } | null {
  const found = /^(?:([a-z0-9-]+)\.)?([a-z0-9-]+)$/.exec(slug);
  if (!found) return null;
  const name = found[2] ?? "";
  return { namespace: found[1] ?? name, name };
}

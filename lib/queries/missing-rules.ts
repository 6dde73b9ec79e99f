import { stringify } from "yaml";
import { z } from "zod";

const rule = z.object({ apiGroup: z.string(), resource: z.string(), verbs: z.array(z.string()) });
const rules = z.array(rule).catch([]);

/** An RBAC rule that a role of ours lacks. */
export type MissingRule = z.infer<typeof rule>;

/** As stored by the engine; anything else is none. */
export const parseRules = (value: unknown): MissingRule[] => rules.parse(value);

/**
 * Items for `rules:` of our ClusterRole (deploy/rbac), one per API group and verbs, sorted: the same lack reads the
 * same on every cluster. Null for none.
 */
export function renderRules(missing: readonly MissingRule[]): string | null {
  const groups = new Map<string, { apiGroups: string[]; resources: Set<string>; verbs: string[] }>();
  for (const { apiGroup, resource, verbs } of missing) {
    const key = JSON.stringify([apiGroup, verbs]);
    const group = groups.get(key) ?? { apiGroups: [apiGroup], resources: new Set(), verbs };
    group.resources.add(resource);
    groups.set(key, group);
  }
  if (groups.size === 0) return null;
  const items = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({ ...group, resources: [...group.resources].sort() }));
  return stringify(items, { flowCollectionPadding: false, lineWidth: 0, collectionStyle: "any" });
}

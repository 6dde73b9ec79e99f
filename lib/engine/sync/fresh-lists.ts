import type { KindRow } from "../../domain/kinds.ts";
import { collectionPath, type KubeClient } from "../../kubernetes/client.ts";
import { Discovery } from "../../kubernetes/discovery.ts";
import { ObjectCache } from "./object-cache.ts";

/** Everything of these kinds that an API server has at this moment, asked anew. Throws KubeApiError. */
export async function freshLists(client: KubeClient, kinds: readonly KindRow[]): Promise<ObjectCache> {
  const discovery = new Discovery(client, 60_000);
  const cache = new ObjectCache();
  for (const kind of kinds) {
    const version = await discovery.versionOf(kind);
    if (version === null) continue;
    const path = collectionPath(kind, version);
    let continueFrom = "";
    do {
      const page = await client.list(path, { limit: 500, continueFrom });
      for (const object of page.objects) {
        cache.put(kind.kind, { ...object, apiVersion: `${kind.group}/${version}`, kind: kind.kind });
      }
      continueFrom = page.continue;
    } while (continueFrom !== "");
  }
  return cache;
}

import { kindOf, type Kind } from "../controllers/runtime/kind.ts";
import type { KubeClient } from "../controllers/runtime/kube-client.ts";
import type { Unstructured } from "../controllers/runtime/objects.ts";
import type { SeedObject } from "../fleet/management-seed.ts";
import { waitFor } from "./wait-for.ts";

interface Resource {
  kind: string;
  name: string;
  namespaced: boolean;
}

/** Finds a kind's plural by asking the API server, as kubectl does. */
async function discover(client: KubeClient, apiVersion: string, kind: string): Promise<Kind | undefined> {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const answer = (await client.raw({ method: "GET", path: root })) as { resources: Resource[] };
  const found = answer.resources.find((each) => each.kind === kind && !each.name.includes("/"));
  return found && kindOf(apiVersion, kind, found.name, found.namespaced);
}

/** Applies objects in order, as `kubectl apply --server-side` would; a CRD's kinds are waited for. */
export async function applySeed(client: KubeClient, objects: readonly SeedObject[]): Promise<void> {
  const known = new Map<string, Kind>();
  for (const object of objects as unknown as Unstructured[]) {
    const key = `${object.apiVersion}/${object.kind}`;
    const kind =
      known.get(key) ??
      (await waitFor(() => discover(client, object.apiVersion, object.kind), { timeoutMs: 10_000 }));
    if (!kind) throw new Error(`the management cluster does not serve ${key}`);
    known.set(key, kind);
    await client.apply(kind, object, { force: true });
  }
}

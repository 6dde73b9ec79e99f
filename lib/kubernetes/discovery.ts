import { z } from "zod";
import type { KindRow } from "../domain/kinds.ts";
import { KubeApiError } from "./api-error.ts";
import type { KubeClient } from "./client.ts";

/** All groups with their resources in one answer, since Kubernetes 1.27; older servers answer the bare list. */
const accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

const aggregatedSchema = z.object({
  kind: z.literal("APIGroupDiscoveryList"),
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string().default("") }).default({ name: "" }),
      versions: z.array(
        z.object({ version: z.string(), resources: z.array(z.object({ resource: z.string() })).default([]) }),
      ),
    }),
  ),
});
const resourcesSchema = z.object({ resources: z.array(z.object({ name: z.string() })).default([]) });

/** `group/version` → plurals; null from a server that does not tell everything at once. */
type Served = Map<string, Set<string>> | null;

/**
 * What one API server serves, asked at most once per `maxAgeMs` for all kinds together: CRDs come, go and change
 * versions while we run.
 */
export class Discovery {
  readonly #client: KubeClient;
  readonly #maxAgeMs: number;
  #asked: { at: number; served: Promise<Served> } | null = null;

  constructor(client: KubeClient, maxAgeMs: number) {
    this.#client = client;
    this.#maxAgeMs = maxAgeMs;
  }

  /** What was learnt proved wrong (404 where something was served): the next question is asked anew. */
  forget(): void {
    this.#asked = null;
  }

  /**
   * The best version of a kind this API server serves, or null where it has none (yet). Throws KubeApiError where
   * the server does not answer. `maxAgeMs`: how old the answer may be, where less than usual will do.
   */
  async versionOf(kind: KindRow, signal?: AbortSignal, maxAgeMs = this.#maxAgeMs): Promise<string | null> {
    // The core group is no part of `/apis`, and every API server has it.
    if (kind.group === "") return kind.versions[0] ?? null;
    const served = await this.#served(maxAgeMs);
    for (const version of kind.versions) {
      const path = `${kind.group}/${version}`;
      const resources = served === null ? await this.#resources(path, signal) : served.get(path);
      if (resources?.has(kind.plural)) return version;
    }
    return null;
  }

  #served(maxAgeMs: number): Promise<Served> {
    const now = performance.now();
    if (this.#asked && now - this.#asked.at < maxAgeMs) return this.#asked.served;
    // Shared by all kinds, so no caller's signal may end it; the client's deadline does.
    const served = this.#client.get("/apis", undefined, accept).then(readAggregated);
    served.catch(() => {
      if (this.#asked?.served === served) this.#asked = null;
    });
    this.#asked = { at: now, served };
    return served;
  }

  async #resources(path: string, signal?: AbortSignal): Promise<Set<string>> {
    try {
      const list = resourcesSchema.safeParse(await this.#client.get(`/apis/${path}`, signal));
      return new Set(list.success ? list.data.resources.map(({ name }) => name) : []);
    } catch (error) {
      if (error instanceof KubeApiError && error.status === 404) return new Set();
      throw error;
    }
  }
}

function readAggregated(answer: unknown): Served {
  const parsed = aggregatedSchema.safeParse(answer);
  if (!parsed.success) return null;
  return new Map(
    parsed.data.items.flatMap(({ metadata, versions }) =>
      versions.map(({ version, resources }) => [
        `${metadata.name}/${version}`,
        new Set(resources.map(({ resource }) => resource)),
      ]),
    ),
  );
}

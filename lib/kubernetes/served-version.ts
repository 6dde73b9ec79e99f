import { z } from "zod";
import type { KindRow } from "../domain/kinds.ts";
import { KubeApiError } from "./api-error.ts";
import type { KubeClient } from "./client.ts";

const resourcesSchema = z.object({ resources: z.array(z.object({ name: z.string() })).default([]) });

/**
 * The best version of a kind this API server serves, or null where it has none (yet): its CRD may come later, so
 * ask again. Throws KubeApiError where the server does not answer.
 */
export async function servedVersion(
  client: KubeClient,
  kind: KindRow,
  signal?: AbortSignal,
): Promise<string | null> {
  for (const version of kind.versions) {
    const answer = await absentAsNull(client.get(`/apis/${kind.group}/${version}`, signal));
    const list = resourcesSchema.safeParse(answer);
    if (list.success && list.data.resources.some(({ name }) => name === kind.plural)) return version;
  }
  return null;
}

async function absentAsNull(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof KubeApiError && error.status === 404) return null;
    throw error;
  }
}

import { z } from "zod";
import { life } from "./life.ts";
import { services } from "./services.ts";
import { whatIsMissing } from "./what-is-missing.ts";

export interface Readiness {
  /** What this process still waits for before it can show the fleet; empty = ready. */
  missing: string[];
  /** Kinds the management cluster does not let us read: it is ready, and says so on every page concerned. */
  degraded: string[];
}

const kindsSchema = z
  .array(z.object({ kind: z.string(), group: z.string(), plural: z.string(), state: z.string() }))
  .catch([]);

/** Whether this process can show the fleet. Never throws. */
export async function readiness(): Promise<Readiness> {
  const { stopping, wasReady } = life();
  try {
    const { db, env, clock } = services();
    const management = await db.managementCluster.findUnique({ where: { slug: env.MANAGEMENT_CLUSTER } });
    const repository = await db.fleetRepository.findUnique({ where: { fullName: env.FLEET_REPOSITORY } });
    const missing = whatIsMissing({ management, repository, wasReady, stopping, now: clock.now() });
    if (missing.length === 0) life().wasReady = true;
    return { missing, degraded: degradedOf(management?.kinds) };
  } catch {
    return { missing: ["database"], degraded: [] };
  }
}

/** Kinds that ought to be read and are not; of the others an API server simply has none. */
function degradedOf(kinds: unknown): string[] {
  return kindsSchema.parse(kinds).flatMap(({ kind, group, plural, state }) => {
    const bad = state === "forbidden" || state === "failing" || (kind === "Cluster" && state === "absent");
    return bad ? [`${plural}.${group}: ${state}`] : [];
  });
}

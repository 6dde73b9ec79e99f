import { services } from "./services.ts";

/** What this process still waits for before it can show the fleet; empty = ready. */
export async function readiness(): Promise<string[]> {
  try {
    const { db, env } = services();
    const management = await db.managementCluster.findUnique({ where: { slug: env.MANAGEMENT_CLUSTER } });
    const repository = await db.fleetRepository.findUnique({ where: { fullName: env.FLEET_REPOSITORY } });
    return [
      ...(management?.syncedAt ? [] : ["first sync of the management cluster"]),
      ...(repository?.headSha ? [] : ["first read of the fleet repository"]),
    ];
  } catch {
    return ["database"];
  }
}

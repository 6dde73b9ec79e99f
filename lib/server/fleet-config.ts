import type { FleetConfig } from "../domain/fleet/config.ts";
import { services } from "./services.ts";

/** fleet.yaml as the engine last parsed and stored it; null while there is none that can be used. */
export async function fleetConfig(): Promise<FleetConfig | null> {
  const { db, env } = services();
  const row = await db.fleetRepository.findUnique({
    where: { fullName: env.FLEET_REPOSITORY },
    select: { config: true },
  });
  return (row?.config ?? null) as FleetConfig | null;
}

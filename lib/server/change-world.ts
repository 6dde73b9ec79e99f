import type { ChangeWorld } from "../changes/change-world.ts";
import { ensureRepository } from "../db/repository.ts";
import { treeBuilder } from "./tree-builder.ts";
import { services } from "./services.ts";

let known: Promise<ChangeWorld> | null = null;

/** What the work on changes needs, for the engine's loop and for people's clicks; made once the database answers. */
export function changeWorld(): Promise<ChangeWorld> {
  known ??= open().catch((error: unknown) => {
    known = null;
    throw error;
  });
  return known;
}

async function open(): Promise<ChangeWorld> {
  const { db, env, asApp, mirror, clock, log } = services();
  const row = await ensureRepository(db, env.FLEET_REPOSITORY, mirror.defaultBranch);
  return {
    db,
    asApp,
    mirror,
    repository: {
      id: row.id,
      fullName: row.fullName,
      defaultBranch: row.defaultBranch,
      webUrl: `${env.FORGE_URL}/${row.fullName}`,
    },
    buildFleet: treeBuilder(mirror, env.KUBECTL ?? "kubectl"),
    portalUrl: env.FLEETWRIGHT_URL,
    now: () => clock.now(),
    log,
  };
}

import type { ChangeWorld } from "../../changes/change-world.ts";
import { openJobQueue, type JobQueue, type JobRun } from "../../db/job-queue.ts";
import type { JobName } from "../../db/job-kinds.ts";
import { pruneRows } from "../../db/prune-rows.ts";
import { readMembers } from "./read-members.ts";
import { verifyTrail } from "./verify-trail.ts";

export interface StartJobs {
  /** Not through a transaction pooler: the queue makes its own schema there. */
  databaseUrl: string;
  /** Made once the database answers; a job that finds none is tried again. */
  world: () => Promise<ChangeWorld>;
  log: ChangeWorld["log"];
  /** FLEETWRIGHT_ADMIN_TEAM. */
  adminTeam: string | null;
  /** Takes secrets out of an error's text: it is kept and shown. */
  scrub: (text: string) => string;
}

/**
 * Works on the jobs of all replicas; any may do any of them. Their rows are locked one by one, so no leader is
 * needed (docs/adr/0010).
 */
export function startJobs({ databaseUrl, world, log, adminTeam, scrub }: StartJobs): JobQueue {
  const runs: Record<JobName, JobRun> = {
    "prune-rows": async () => {
      const found = await world();
      return { ...(await pruneRows(found.db, found.now())) };
    },
    "verify-audit": async () => {
      const found = await world();
      return verifyTrail(found, found.now());
    },
    "read-members": async () => readMembers(await world(), adminTeam),
  };
  const describe = (error: unknown): string => scrub(error instanceof Error ? error.message : String(error));
  return openJobQueue({ url: databaseUrl, runs, log, describe });
}

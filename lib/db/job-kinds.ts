/** How a kind of job is kept: what pg-boss does when it fails, and what people read of it. */
export interface JobKind {
  title: string;
  /** What it is for, in one sentence. */
  purpose: string;
  retryLimit: number;
  /** Before the first retry; doubled each time, with jitter. */
  retryDelaySeconds: number;
  /** When it is done by itself (UTC), and that in words. */
  cron: string;
  every: string;
}

/**
 * Work that must happen though nobody waits for it, by queue. Of each there is at most one waiting or running
 * (docs/adr/0010).
 */
export const jobKinds = {
  "prune-rows": {
    title: "Prune old rows",
    purpose:
      "Removes sessions that are over, webhook deliveries, ended intervals and finished requests past their time.",
    retryLimit: 4,
    retryDelaySeconds: 60,
    cron: "17 2 * * *",
    every: "nightly, 02:17 UTC",
  },
  "verify-audit": {
    title: "Verify the audit trail",
    purpose: "Recomputes the hash chain and looks for the head noted the time before.",
    retryLimit: 4,
    retryDelaySeconds: 60,
    cron: "47 2 * * *",
    every: "nightly, 02:47 UTC",
  },
  "read-members": {
    title: "Read team members",
    purpose:
      "Asks the forge who still is in the organisation's teams, so that rights end though the person's own token no longer answers.",
    retryLimit: 3,
    retryDelaySeconds: 30,
    cron: "*/10 * * * *",
    every: "every 10 min",
  },
} as const satisfies Record<string, JobKind>;

export type JobName = keyof typeof jobKinds;
export const jobNames = Object.keys(jobKinds) as JobName[];

/** Where a job goes that failed for the last time; it waits there for a person. */
export const deadLetters = "dead-letters";
/** Schema of the queue's tables, beside ours in the same database. */
export const jobsSchema = "fleetwright_jobs";

import { PgBoss } from "pg-boss";
import { deadLetters, jobKinds, jobNames, jobsSchema, type JobName } from "./job-kinds.ts";

/** What a job was given; ids and numbers only, never a secret: platform engineers read it. */
type JobInput = Record<string, string | number>;

/** Does one job; what it returns is shown beside it. Throwing makes it be tried again. */
export type JobRun = (input: JobInput) => Promise<Record<string, string | number | boolean> | undefined>;

interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface JobQueueOptions {
  url: string;
  runs: Record<JobName, JobRun>;
  log: Logger;
  /** What of an error may be kept: no stack, no secret. */
  describe: (error: unknown) => string;
  /** How often jobs of processes that died are looked for. */
  monitorSeconds?: number;
  /** Silence after which the process of a running job is taken for dead; ≥ 10. */
  heartbeatSeconds?: number;
  /** How soon a failed start is tried again. */
  restartMs?: number;
  /** Whether jobs are asked for at their kind's times (default). */
  schedule?: boolean;
  /** How often a free worker looks for a job: nobody waits for one. */
  pollSeconds?: number;
  /** Other than what {@link jobKinds} says, for tests. */
  retryDelaySeconds?: number;
  retryLimit?: number;
}

export interface JobQueue {
  /** Asks for a job; false where the same one waits or runs already, or the queue is not there yet. */
  enqueue(name: JobName, input?: JobInput, singletonKey?: string): Promise<boolean>;
  /** Takes no more jobs and gives the running ones a second; what does not end by then is tried again. */
  close(): Promise<void>;
}

const daySeconds = 86_400;
const graceMs = 1_000;

/**
 * Opens the queue on the same Postgres and works on it, beside any number of other processes. Returns at once: where
 * the database does not answer it is tried again in the background.
 */
export function openJobQueue(options: JobQueueOptions): JobQueue {
  const { log, restartMs = 10_000 } = options;
  const closing = new AbortController();
  let boss: PgBoss | null = null;

  const keepStarting = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const next = newBoss(options);
      try {
        await next.start();
        await work(next, options);
        boss = next;
        return;
      } catch (error) {
        log.warn({ err: error }, "the job queue could not start; it is tried again");
        await next.stop({ graceful: false }).catch(() => undefined);
      }
      await pause(restartMs, closing.signal);
    }
  };
  const starting = keepStarting();

  return {
    async enqueue(name, input = {}, singletonKey = name) {
      return boss === null ? false : (await boss.send(name, input, { singletonKey })) !== null;
    },
    async close() {
      closing.abort();
      await starting;
      const open = boss;
      boss = null;
      await open?.stop({ timeout: graceMs });
    },
  };
}

function newBoss({ url, log, monitorSeconds = 30, schedule = true }: JobQueueOptions): PgBoss {
  const boss = new PgBoss({
    connectionString: url,
    schema: jobsSchema,
    application_name: "fleetwright-jobs",
    max: 3,
    schedule,
    monitorIntervalSeconds: monitorSeconds,
    superviseIntervalSeconds: monitorSeconds,
  });
  boss.on("error", (error) => {
    log.warn({ err: error }, "the job queue met an error; it goes on");
  });
  boss.on("warning", ({ message }) => {
    log.info({ warning: message }, "the job queue warns");
  });
  return boss;
}

/** Makes the queues what the table says, then takes jobs from each. */
async function work(boss: PgBoss, options: JobQueueOptions): Promise<void> {
  const letters = { retentionSeconds: 365 * daySeconds, deleteAfterSeconds: 30 * daySeconds };
  await boss.createQueue(deadLetters, { policy: "standard", ...letters });
  for (const name of jobNames) await workOn(boss, name, options);
}

async function workOn(boss: PgBoss, name: JobName, options: JobQueueOptions): Promise<void> {
  const { runs, log, describe, pollSeconds = 5, heartbeatSeconds = 20 } = options;
  const { cron, ...kind } = jobKinds[name];
  const settings = {
    retryLimit: options.retryLimit ?? kind.retryLimit,
    retryDelay: options.retryDelaySeconds ?? kind.retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: 3_600,
    expireInSeconds: 900,
    heartbeatSeconds,
    deleteAfterSeconds: 7 * daySeconds,
    deadLetter: deadLetters,
  };
  await boss.createQueue(name, { policy: "exclusive", ...settings });
  await boss.updateQueue(name, settings);
  await boss.schedule(name, cron, {}, { tz: "UTC", singletonKey: name });
  await boss.work<JobInput>(name, { pollingIntervalSeconds: pollSeconds }, async ([job]) => {
    if (!job) return;
    try {
      return await runs[name](job.data);
    } catch (error) {
      log.warn({ err: error, job: name, id: job.id }, "a job failed");
      const kept = new Error(describe(error));
      // Kept with the job and shown: the way through our code is in the log.
      delete kept.stack;
      throw kept;
    }
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

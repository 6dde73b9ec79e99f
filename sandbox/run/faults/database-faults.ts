import { numberOr, type FaultCommand } from "./fault-command.ts";

/** The portal's database goes away and comes back. */
export const databaseFaults: readonly FaultCommand[] = [
  {
    name: "postgres",
    usage: "[seconds]",
    summary: "the portal's database cuts its sessions and takes no new ones for so long (10)",
    plan: ([seconds]) => ({
      on: [{ do: "database", open: false }],
      undo: [{ do: "database", open: true }],
      forMs: numberOr(seconds, 10) * 1_000,
    }),
  },
];

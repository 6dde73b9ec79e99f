import { listUnfinishedRequests } from "../db/intents.ts";
import { jobKinds, jobNames } from "../db/job-kinds.ts";
import { listJobs, type JobRow } from "../db/jobs.ts";
import { can } from "../domain/access/can.ts";
import type { Mark } from "../domain/cluster/mark.ts";
import type { ReadContext } from "./context.ts";
import type { JobsView, JobView } from "./views.ts";

const done = 15;

/** The work nobody waits for; null for who may not know (platform engineers may). */
export async function getJobs({ db, actor, now }: ReadContext): Promise<JobsView | null> {
  if (!can(actor, "see-jobs", "settings").yes) return null;
  const [rows, requests] = await Promise.all([listJobs(db, { done }), listUnfinishedRequests(db)]);
  const views = (rows ?? []).map((row) => ({ row, view: viewOf(row, now) }));
  const open = ({ row }: (typeof views)[number]): boolean =>
    !row.dead && row.state !== "completed" && row.state !== "cancelled";
  return {
    started: rows !== null,
    dead: views.filter(({ row }) => row.dead).map(({ view }) => view),
    open: views.filter(open).map(({ view }) => view),
    done: views.filter((one) => !one.row.dead && !open(one)).map(({ view }) => view),
    kinds: jobNames.map((name) => {
      const { title, purpose, every } = jobKinds[name];
      return { title, purpose, every };
    }),
    requests: requests.map(({ createdAt, ...request }) => ({ ...request, since: createdAt.toISOString() })),
  };
}

const titles: Record<string, { title: string }> = jobKinds;

function viewOf(row: JobRow, now: Date): JobView {
  const { id, name, key, tries, limit, state } = row;
  const title = titles[name]?.title ?? name;
  const waits = state === "created" || state === "retry";
  return {
    id,
    title: key === null ? title : `${title} ${key}`,
    mark: markOf(row, now),
    message: messageOf(row.output),
    tries: state === "active" || row.dead ? tries + 1 : tries,
    limit: limit + 1,
    at: (row.completedAt ?? row.startedAt ?? row.createdAt).toISOString(),
    dueAt: waits && !row.dead ? row.dueAt.toISOString() : null,
  };
}

function markOf({ state, dead, dueAt }: JobRow, now: Date): Mark {
  if (dead) return { tone: "failed", word: "Dead" };
  switch (state) {
    case "active":
      return { tone: "progress", word: "Running" };
    case "retry":
      return { tone: "attention", word: "Failed, is tried again" };
    case "created":
      return { tone: "waiting", word: dueAt > now ? "Planned" : "Waiting" };
    case "completed":
      return { tone: "healthy", word: "Done" };
    default:
      return { tone: "unknown", word: state };
  }
}

/** An error's sentence, or what was returned as "3 sessions, 0 intents". */
function messageOf(output: unknown): string | null {
  if (typeof output !== "object" || output === null) return null;
  if ("message" in output && typeof output.message === "string") return output.message;
  const parts = Object.entries(output).flatMap(([name, value]) => {
    if (typeof value === "number") return `${String(value)} ${name}`;
    if (typeof value === "boolean") return value ? name : `not ${name}`;
    return typeof value === "string" && value !== "" ? `${name} ${value.slice(0, 12)}` : [];
  });
  return parts.length > 0 ? parts.join(", ") : null;
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { queries } from "@/lib/client/queries";
import { StatusMark } from "@/components/status/status-mark";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";

const events = z.array(
  z.object({
    type: z.string(),
    reason: z.string(),
    message: z.string(),
    count: z.number(),
    at: z.string().nullable(),
  }),
);

/** The object's events, newest first, as its API server has them at this moment. */
export function ObjectEvents({ id }: { id: string }) {
  const { data, error, isPending, refetch } = useQuery(queries.lookAt(id, "events"));
  if (isPending) return <Skeleton className="h-24 w-full" />;
  if (error)
    return (
      <ErrorState
        title="Its events could not be read"
        message={error.message}
        onRetry={() => void refetch()}
      />
    );
  const list = events.safeParse(data);
  const rows = list.success ? list.data : [];
  if (rows.length === 0)
    return (
      <p className="card px-3.5 py-3 text-text-2">
        No event of the last hour: Kubernetes forgets older ones.
      </p>
    );
  return (
    <ul className="card divide-y divide-line" aria-label="Events">
      {rows.map((event, index) => (
        <li key={index} className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-2.5 px-3.5 py-2">
          <StatusMark
            mark={
              event.type === "Warning"
                ? { tone: "attention", word: "Warning" }
                : { tone: "waiting", word: "Normal" }
            }
            className="mt-0.5"
          />
          <span className="min-w-0 break-words">
            <b className="font-[560]">{event.reason}</b> <span className="text-text-2">{event.message}</span>
            {event.count > 1 && <span className="text-text-3"> · {event.count} times</span>}
          </span>
          {event.at !== null && <RelativeTime at={event.at} ago className="text-text-3" />}
        </li>
      ))}
    </ul>
  );
}

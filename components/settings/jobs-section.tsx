"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "@/lib/client/queries";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { DeadJob } from "./dead-job";
import type { JobDeeds } from "./job-deeds";
import { JobRows } from "./job-rows";
import { SectionState } from "./section-state";

/** Work that happens though nobody waits for it. */
export function JobsSection({ deeds }: { deeds: JobDeeds }) {
  const { data, error, refetch } = useQuery(queries.jobs());
  return (
    <>
      <SectionState what="The jobs" known={data !== undefined} error={error} onRetry={() => void refetch()} />
      {data && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {!data.started && (
            <Card title="Jobs">
              <EmptyState title="No engine has run yet">The first one makes the queue.</EmptyState>
            </Card>
          )}
          {data.dead.length > 0 && (
            <Card title="Dead letters" aside="failed for the last time; each waits for somebody to decide">
              <ul>
                {data.dead.map((job) => (
                  <DeadJob key={job.id} job={job} deeds={deeds} onDone={() => void refetch()} />
                ))}
              </ul>
            </Card>
          )}
          {data.requests.length > 0 && (
            <Card title="Requests without a pull request yet" aside="finished at the engine's next pass">
              <ul>
                {data.requests.map(({ id, title, login, since, error: failure }) => (
                  <li key={id} className="grid gap-0.5 border-t px-3.5 py-2">
                    <div className="flex items-baseline gap-2">
                      <span className="font-[540]">{title}</span>
                      <span className="text-text-3">by {login}</span>
                      <RelativeTime at={since} ago className="ml-auto text-text-3" />
                    </div>
                    {failure !== null && <p className="text-[12.5px] break-words text-text-2">{failure}</p>}
                  </li>
                ))}
              </ul>
            </Card>
          )}
          <JobRows
            title="Waiting and running"
            jobs={data.open}
            nothing="Nothing waits, runs or is tried again."
          />
          <JobRows title="Done lately" jobs={data.done} nothing="No job was done yet." />
          <Card title="What is done by itself">
            <dl className="grid gap-x-5 gap-y-1.5 border-t px-3.5 py-3 sm:grid-cols-[auto_minmax(0,1fr)]">
              {data.kinds.map(({ title, purpose, every }) => (
                <div key={title} className="contents">
                  <dt className="font-[540]">
                    {title} <span className="font-normal text-text-3">{every}</span>
                  </dt>
                  <dd className="text-text-2 max-sm:mb-1.5">{purpose}</dd>
                </div>
              ))}
            </dl>
          </Card>
        </div>
      )}
    </>
  );
}

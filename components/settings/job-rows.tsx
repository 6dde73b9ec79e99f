import type { JobView } from "@/lib/queries/views";
import { StatusText } from "@/components/status/status-text";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";

/** Jobs, one line each, and what they said. */
export function JobRows({ title, jobs, nothing }: { title: string; jobs: JobView[]; nothing: string }) {
  return (
    <Card title={title} aside={jobs.length === 0 ? undefined : jobs.length}>
      {jobs.length === 0 && <p className="border-t px-3.5 py-3 text-text-2">{nothing}</p>}
      <ul>
        {jobs.map((job) => (
          <li key={job.id} className="grid gap-0.5 border-t px-3.5 py-2">
            <div className="flex flex-wrap items-baseline gap-x-2.5">
              <span className="font-[540]">{job.title}</span>
              <StatusText mark={job.mark}>
                {job.dueAt !== null && (
                  <span className="text-text-3">
                    <Due at={job.dueAt} />
                  </span>
                )}
              </StatusText>
              {job.mark.tone === "attention" && (
                <span className="text-text-3">
                  {job.tries} of {job.limit} tries used
                </span>
              )}
              <RelativeTime at={job.at} ago className="ml-auto text-text-3" />
            </div>
            {job.message !== null && <p className="text-[12.5px] break-words text-text-2">{job.message}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Due({ at }: { at: string }) {
  return (
    <>
      due <RelativeTime at={at} ago />
    </>
  );
}

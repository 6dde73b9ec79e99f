"use client";

import { useState, useTransition } from "react";
import type { Failure } from "@/lib/domain/result";
import type { JobView } from "@/lib/queries/views";
import { StatusText } from "@/components/status/status-text";
import { Button } from "@/components/ui/button";
import { FailureNote } from "@/components/ui/failure-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toasts";
import type { RetryJob } from "./retry-job";

interface Props {
  job: JobView;
  retry: RetryJob;
  onRetried: () => void;
}

/** A job that failed for good: its last error, and the button that has it tried again. */
export function DeadJob({ job, retry, onRetried }: Props) {
  const [pending, start] = useTransition();
  const [failure, setFailure] = useState<Failure | null>(null);
  const onRetry = () => {
    start(async () => {
      const result = await retry({ id: job.id }).catch((): Failure => ({
        ok: false,
        code: "unavailable",
        message: "Fleetwright did not answer. Nothing is known to have changed; try again in a moment.",
      }));
      setFailure(result.ok ? null : result);
      if (result.ok) toast("done", `${job.title} is tried again`);
      onRetried();
    });
  };
  return (
    <li className="grid gap-1 border-t px-3.5 py-2.5">
      <div className="flex flex-wrap items-center gap-x-2.5">
        <span className="font-[540]">{job.title}</span>
        <StatusText mark={job.mark} />
        <span className="text-text-3">
          after {job.tries} tries, <RelativeTime at={job.at} ago />
        </span>
        <span className="ml-auto">
          <Button disabled={pending} onClick={onRetry} aria-label={`Retry ${job.title}`}>
            {pending ? "Retrying…" : "Retry"}
          </Button>
        </span>
      </div>
      <p className="text-[12.5px] break-words text-text-2">{job.message ?? "It left no error."}</p>
      {failure && <FailureNote failure={failure} />}
    </li>
  );
}

"use client";

import { useState, useTransition } from "react";
import type { Failure } from "@/lib/domain/result";
import type { JobView } from "@/lib/queries/views";
import { StatusText } from "@/components/status/status-text";
import { Button } from "@/components/ui/button";
import { FailureNote } from "@/components/ui/failure-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toasts";
import { DiscardDialog } from "./discard-dialog";
import type { JobDeeds } from "./job-deeds";

interface Props {
  job: JobView;
  deeds: JobDeeds;
  onDone: () => void;
}

const said: Record<keyof JobDeeds, string> = { retry: "is tried again", discard: "is discarded" };

/** A job that failed for good: its last error, and the buttons that have it tried again or discard it. */
export function DeadJob({ job, deeds, onDone }: Props) {
  const [running, setRunning] = useState<keyof JobDeeds | null>(null);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [, start] = useTransition();
  const run = (deed: keyof JobDeeds) => {
    setRunning(deed);
    start(async () => {
      const result = await deeds[deed]({ id: job.id }).catch((): Failure => ({
        ok: false,
        code: "unavailable",
        message: "Fleetwright did not answer. Nothing is known to have changed; try again in a moment.",
      }));
      setRunning(null);
      setAsking(false);
      setFailure(result.ok ? null : result);
      if (result.ok) toast("done", `${job.title} ${said[deed]}`);
      onDone();
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
        <span className="ml-auto flex gap-2">
          <Button
            disabled={running !== null}
            onClick={() => {
              run("retry");
            }}
            aria-label={`Retry ${job.title}`}
          >
            {running === "retry" ? "Retrying…" : "Retry"}
          </Button>
          <Button
            variant="danger"
            disabled={running !== null}
            onClick={() => {
              setAsking(true);
            }}
            aria-label={`Discard ${job.title}`}
          >
            Discard
          </Button>
        </span>
      </div>
      <p className="text-[12.5px] break-words text-text-2">{job.message ?? "It left no error."}</p>
      {failure && <FailureNote failure={failure} />}
      <DiscardDialog
        job={job}
        open={asking}
        busy={running !== null}
        onClose={() => {
          setAsking(false);
        }}
        onDiscard={() => {
          run("discard");
        }}
      />
    </li>
  );
}

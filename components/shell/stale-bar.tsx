"use client";

import type { ReactNode } from "react";
import type { ShellView } from "@/lib/queries/views";
import { useLive } from "@/lib/client/live";
import { StatusMark } from "@/components/status/status-mark";
import { useNow } from "@/components/ui/clock";
import { RelativeTime } from "@/components/ui/relative-time";
import { NoticeText } from "./notice-text";
import { isStale } from "./management-mark";

interface Props {
  shell: ShellView;
  /** Where the shell itself could not be read again. */
  unread?: { why: string; since: number } | null;
}

/** Under the header, only where something is old or wrong: what we last heard and when. */
export function StaleBar({ shell, unread = null }: Props) {
  const live = useLive();
  const { management } = shell;
  const now = useNow(management.lastContactAt === null ? 0 : Date.parse(management.lastContactAt));
  return (
    <>
      {unread && (
        <Bar>
          {unread.why} What you see is from <RelativeTime at={new Date(unread.since).toISOString()} ago />.
        </Bar>
      )}
      {shell.notice && (
        <Bar>
          <NoticeText notice={shell.notice} /> What you see rests on what it last confirmed; acting needs it.
        </Bar>
      )}
      {live.connected === false && live.since !== null && (
        <Bar>
          Not live: the connection to Fleetwright was cut{" "}
          <RelativeTime at={new Date(live.since).toISOString()} ago />. What you see is from then; it
          reconnects by itself.
        </Bar>
      )}
      {isStale(management, now) && management.lastContactAt !== null && (
        <Bar>
          {management.slug} last answered <RelativeTime at={management.lastContactAt} ago />
          {management.error !== null && <>: {withoutStop(management.error)}</>}. States are what we knew then.
        </Bar>
      )}
      <ForgeBar shell={shell} />
      {shell.problems.map((problem) => (
        <Bar key={problem}>{problem}</Bar>
      ))}
    </>
  );
}

/** One bar for one cause: what the forge answered us last, else why the repository was not read. */
function ForgeBar({ shell: { repository, trouble = null } }: { shell: ShellView }) {
  if (repository.error === null && trouble === null) return null;
  return (
    <Bar>
      {trouble === null ? (
        `${repository.fullName} could not be read: ${withoutStop(repository.error ?? "")}.`
      ) : (
        <>
          {withoutStop(trouble.sentence)} (asked <RelativeTime at={trouble.at} ago />
          ). It is tried again by itself.
        </>
      )}
      {repository.fetchedAt !== null && (
        <>
          {" "}
          {trouble === null ? "Last read" : `${repository.fullName} was last read`}{" "}
          <RelativeTime at={repository.fetchedAt} ago />.
        </>
      )}
    </Bar>
  );
}

const withoutStop = (sentence: string) => sentence.replace(/\.$/, "");

function Bar({ children }: { children: ReactNode }) {
  return (
    <div
      role="status"
      className="flex items-start gap-2 border-b border-line bg-attention-soft px-3 py-1.5 text-[12.5px] text-text md:px-5"
    >
      <StatusMark mark={{ tone: "attention", word: "Attention" }} className="mt-[2px]" />
      <p>{children}</p>
    </div>
  );
}

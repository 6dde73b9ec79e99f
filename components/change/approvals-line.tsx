import type { ChangeDetail } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { RelativeTime } from "@/components/ui/relative-time";

/** Who has approved, whether it still counts, and what is missing. */
export function ApprovalsLine({ approvals }: Pick<ChangeDetail, "approvals">) {
  const enough = approvals.given.filter(({ stale }) => !stale).length >= approvals.needed;
  return (
    <div className="grid gap-1">
      <p className="flex items-start gap-1.5">
        <StatusMark
          mark={
            enough ? { tone: "healthy", word: "Approved" } : { tone: "waiting", word: "Waits for approval" }
          }
          className="mt-[2px]"
        />
        {approvals.sentence}
      </p>
      {approvals.given.map(({ login, at, stale }) => (
        <p key={login} className="pl-5 text-sm text-text-2">
          {login}, <RelativeTime at={at} ago />
          {stale && <span className="text-attention-text"> · for an earlier head, does not count</span>}
        </p>
      ))}
    </div>
  );
}

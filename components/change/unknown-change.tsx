import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/**
 * A number the portal shows nothing for: not read from the forge yet, never given, or not this person's to see.
 * All three look the same, so that nobody learns of another team's changes; the live stream brings the first.
 */
export function UnknownChange({ number }: { number: number }) {
  return (
    <div role="status">
      <EmptyState
        title="There is nothing here yet"
        action={
          <Link href="/changes" className={buttonClass()}>
            Go to the changes
          </Link>
        }
      >
        If pull request #{number} was opened just now, it appears here by itself in a moment. Otherwise it may
        never have existed, or belong to a team you are not in.
      </EmptyState>
    </div>
  );
}

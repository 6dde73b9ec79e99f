import Link from "next/link";
import type { CommitView } from "@/lib/queries/views";
import { RelativeTime } from "@/components/ui/relative-time";

/** A commit by its short sha and title, a link to the change that brought it where one did; and who wrote it. */
export function CommitLink({ commit }: { commit: CommitView }) {
  const { sha, title, author, at, change } = commit;
  const name = (
    <>
      <code className="mono">{sha.slice(0, 7)}</code>
      {title !== null && ` ${title}`}
    </>
  );
  return (
    <span className="break-words">
      {change === null ? (
        name
      ) : (
        <Link href={`/changes/${change}`} className="text-link">
          {name}
        </Link>
      )}
      {author !== null && (
        <span className="text-text-3">
          {" "}
          by {author}
          {at !== null && (
            <>
              , <RelativeTime at={at} ago />
            </>
          )}
        </span>
      )}
    </span>
  );
}

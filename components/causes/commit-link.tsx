import Link from "next/link";
import type { CommitView } from "@/lib/queries/views";
import { RelativeTime } from "@/components/ui/relative-time";

/** A commit by its short sha and title, a link to its page where the portal has read it; and who wrote it. */
export function CommitLink({ commit }: { commit: CommitView }) {
  const { sha, title, author, at } = commit;
  const name = (
    <>
      <code className="mono">{sha.slice(0, 7)}</code>
      {title !== null && ` ${title}`}
    </>
  );
  return (
    <span className="break-words">
      {title === null ? (
        name
      ) : (
        <Link href={`/commits/${sha}`} className="text-link">
          {name}
        </Link>
      )}
      {author !== null && (
        <span className="text-text-2">
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

import { ExternalLink } from "lucide-react";
import Link from "next/link";
import type { CommitDetail } from "@/lib/queries/commit-views";
import { RelativeTime } from "@/components/ui/relative-time";

/** What the commit is, whose, when, and what brought it. */
export function CommitHead({ commit }: { commit: CommitDetail }) {
  const { title, author, at, change, behindHead, sha, url } = commit;
  return (
    <div>
      <p className="text-[19px] leading-7 font-[620] tracking-tight break-words">{title}</p>
      <p className="mt-1 text-text-2">
        by {author}
        <span className="text-text-3">
          {" "}
          · <RelativeTime at={at} ago />
        </span>
        {change !== null && (
          <>
            {" · "}
            <Link href={`/changes/${change}`} className="text-link">
              change #{change}
            </Link>
          </>
        )}
        <span className="text-text-3"> · {placeWords(behindHead)}</span>
      </p>
      <p className="mt-1 text-text-3">
        <code className="mono break-all">{sha}</code>
        {url !== null && (
          <>
            {" · "}
            <a
              href={url}
              target="_blank"
              rel="noreferrer"
              className="text-link inline-flex items-baseline gap-1"
            >
              on the forge <ExternalLink size={11} aria-hidden className="self-center" />
            </a>
          </>
        )}
      </p>
    </div>
  );
}

const placeWords = (behind: number): string =>
  behind === 0 ? "the newest commit" : `${behind} ${behind === 1 ? "commit" : "commits"} after it`;

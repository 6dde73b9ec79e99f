import Link from "next/link";
import type { CommitRow } from "@/lib/queries/commit-views";
import { SparkBar } from "@/components/status/spark-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import { paceWords, reachWords } from "./reach-words";

/** Commits, two lines each: what and by whom; how many clusters have it. */
export function CommitRows({ rows }: { rows: CommitRow[] }) {
  return (
    <ul>
      {rows.map((row) => (
        <li
          key={row.sha}
          className="row-hover relative grid grid-cols-[68px_minmax(0,1fr)_auto] items-baseline gap-x-2.5 border-t px-3.5 py-2 first:border-t-0 lg:grid-cols-[68px_minmax(0,1fr)_minmax(0,260px)_64px]"
        >
          <span className="mono text-text-3">{row.sha.slice(0, 7)}</span>
          <div className="min-w-0">
            <Link
              href={`/commits/${row.sha}`}
              prefetch={false}
              data-row
              className="block truncate font-[540] after:absolute after:inset-0"
            >
              {row.title}
            </Link>
            <p className="truncate text-[12.5px] text-text-3">
              by {row.author}
              {row.change !== null && (
                <>
                  {" · "}
                  <Link
                    href={`/changes/${row.change}`}
                    prefetch={false}
                    className="relative z-10 hover:underline"
                  >
                    #{row.change}
                  </Link>
                </>
              )}
            </p>
          </div>
          <div className="min-w-0 max-lg:order-last max-lg:col-span-2 max-lg:col-start-2">
            {row.reach.total > 0 ? (
              <SparkBar done={row.reach.applied} total={row.reach.total} label="clusters have applied it" />
            ) : (
              <span className="text-text-3">{reachWords(row.reach)}</span>
            )}
            <p className="truncate text-[12.5px] text-text-3">{paceWords(row.reach)}</p>
          </div>
          <RelativeTime at={row.at} className="text-right text-sm text-text-3" />
        </li>
      ))}
    </ul>
  );
}

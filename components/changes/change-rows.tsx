import Link from "next/link";
import type { ChangeRow } from "@/lib/queries/views";
import { StatusText } from "@/components/status/status-text";
import { RelativeTime } from "@/components/ui/relative-time";

/** Changes, two lines each: what and by whom; how far it is. */
export function ChangeRows({ rows }: { rows: ChangeRow[] }) {
  return (
    <ul>
      {rows.map((row) => (
        <li
          key={row.number}
          className="row-hover relative grid grid-cols-[44px_minmax(0,1fr)_auto] items-baseline gap-x-2.5 border-t px-3.5 py-2 first:border-t-0 lg:grid-cols-[44px_minmax(0,1fr)_minmax(0,360px)_64px]"
        >
          <span className="mono text-text-3">#{row.number}</span>
          <div className="min-w-0">
            <Link
              href={`/changes/${row.number}`}
              data-row
              className="block truncate font-[540] after:absolute after:inset-0"
            >
              {row.title}
            </Link>
            <p className="truncate text-[12.5px] text-text-3">{whoAndWhat(row)}</p>
          </div>
          <div className="min-w-0 max-lg:order-last max-lg:col-span-2 max-lg:col-start-2">
            <StatusText block mark={row.mark} />
            <p className="truncate text-[12.5px] text-text-2">{row.sentence}</p>
          </div>
          <RelativeTime at={row.updatedAt} className="text-right text-sm text-text-3" />
        </li>
      ))}
    </ul>
  );
}

function whoAndWhat(row: ChangeRow): string {
  const who = row.requestedBy ?? row.author;
  const clusters = row.clusters.length > 3 ? `${row.clusters.length} clusters` : row.clusters.join(", ");
  return [`by ${who}`, row.draft ? "draft" : "", clusters, row.teams.join(", ")].filter(Boolean).join(" · ");
}

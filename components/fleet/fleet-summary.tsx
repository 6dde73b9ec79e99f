import Link from "next/link";
import type { FleetOverview } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { toneFill } from "@/components/status/tone-classes";
import { cx } from "@/components/ui/cx";

/** How many clusters there are and how they are, as words and as one bar. */
export function FleetSummary({ total, summary }: Pick<FleetOverview, "total" | "summary">) {
  const shown = summary.filter(({ count }) => count > 0);
  return (
    <div className="mb-4">
      <div className="mb-3 flex flex-wrap items-center gap-x-[18px] gap-y-1.5">
        <p className="text-2xl font-[620] tracking-tight">
          {total} {total === 1 ? "cluster" : "clusters"}
        </p>
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {shown.map(({ tone, word, count, href }) => (
            <li key={tone}>
              <Link
                href={href}
                className="inline-flex items-center gap-1.5 text-text-2 hover:text-text hover:underline"
              >
                <StatusMark mark={{ tone, word }} beside />
                <b className="font-semibold text-text">{count}</b> {word}
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <div aria-hidden className="flex h-1.5 gap-0.5">
        {shown.map(({ tone, count }) => (
          <i key={tone} className={cx("min-w-[3px] rounded-xs", toneFill[tone])} style={{ flex: count }} />
        ))}
      </div>
    </div>
  );
}

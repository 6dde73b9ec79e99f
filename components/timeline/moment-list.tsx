"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRef } from "react";
import { queries } from "@/lib/client/queries";
import type { FleetMoment, MomentRow } from "@/lib/domain/timeline/timeline-views";
import { ClustersSkeleton } from "@/components/clusters/clusters-skeleton";
import { useVirtualRows } from "@/components/list/use-virtual-rows";
import { StatusText } from "@/components/status/status-text";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useLocalTime } from "./use-local-time";

/** Every cluster as it was at a moment, the worst first, with counts. */
export function MomentList({ at }: { at: string }) {
  const { data, error, refetch } = useQuery(queries.moment(at));
  const local = useLocalTime();
  if (!data && error) {
    return (
      <ErrorState
        title="The moment could not be read"
        message={error.message}
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data) return <ClustersSkeleton />;
  if (data.at === null) {
    return (
      <EmptyState title="This moment cannot be shown">
        {data.problem} {data.since !== null && `In your time it begins ${local(data.since)}.`}
      </EmptyState>
    );
  }
  return (
    <>
      <h2 className="mb-1 font-[560]">
        The fleet at <time dateTime={data.at}>{local(data.at)}</time>
      </h2>
      <p className="mb-3 text-text-2">
        {data.counts.map(({ word, count }) => `${String(count)} ${word}`).join(" · ")}
      </p>
      <Rows rows={data.rows} />
    </>
  );
}

function Rows({ rows }: Pick<FleetMoment, "rows">) {
  const body = useRef<HTMLUListElement>(null);
  const { shown, before, after } = useVirtualRows(rows, body);
  return (
    <ul ref={body} aria-label="Clusters at that moment" className="card overflow-hidden">
      {before > 0 && <li aria-hidden style={{ height: before }} />}
      {shown.map((row) => (
        <Row key={row.id} row={row} />
      ))}
      {after > 0 && <li aria-hidden style={{ height: after }} />}
    </ul>
  );
}

function Row({ row }: { row: MomentRow }) {
  const local = useLocalTime();
  const name = "mono w-[200px] flex-none truncate font-[540]";
  return (
    <li className="row-hover flex h-[30px] items-center gap-3 px-3.5 max-md:h-[54px] max-md:flex-wrap max-md:gap-0">
      {row.slug === null ? (
        <span className={`${name} text-text-3`} title="Gone since">
          {row.name}
        </span>
      ) : (
        <Link
          href={`/clusters/${row.slug}?tab=timeline`}
          prefetch={false}
          data-row
          className={`${name} hover:underline`}
        >
          {row.name}
        </Link>
      )}
      <StatusText block mark={row.mark ?? { tone: "unknown", word: "Not recorded" }}>
        {row.cause !== null && (
          <span className="truncate text-text-3" title={row.cause.slice(0, 1_000)}>
            {row.cause.slice(0, 300)}
          </span>
        )}
      </StatusText>
      <span className="mono ml-auto flex-none text-text-2 max-md:hidden">{row.version}</span>
      {row.from !== null && (
        <span className="flex-none text-sm text-text-3 max-md:hidden">
          {local(row.from)} – {row.to === null ? "now" : local(row.to)}
        </span>
      )}
    </li>
  );
}

import { createColumnHelper, tableFeatures } from "@tanstack/react-table";
import Link from "next/link";
import type { ClusterRow, ClusterSort } from "@/lib/queries/views";
import { RevisionLink } from "@/components/commits/revision-link";
import { SparkBar } from "@/components/status/spark-bar";
import { StatusText } from "@/components/status/status-text";
import { cx } from "@/components/ui/cx";
import { RelativeTime } from "@/components/ui/relative-time";
import { columnWords } from "./column-choice";
import { ExpiryCell } from "./expiry-cell";
import { NodesCell } from "./nodes-cell";
import { VersionCell } from "./version-cell";

export const features = tableFeatures({});
const column = createColumnHelper<typeof features, ClusterRow>();
const none = <span className="text-text-3">–</span>;

/** How a column looks: where the server sorts by it, its width class, and what a phone shows of it. */
export interface ColumnLook {
  sort?: ClusterSort;
  numeric?: boolean;
  className: string;
}

export const looks: Record<string, ColumnLook> = {
  name: { sort: "name", className: "md:w-[138px] max-md:col-start-1 max-md:row-start-1" },
  state: { sort: "state", className: "max-md:col-span-2 max-md:row-start-2" },
  version: {
    sort: "version",
    className: "md:w-[142px] max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end",
  },
  nodes: { sort: "nodes", numeric: true, className: "md:w-[54px] max-md:hidden" },
  sync: { className: "md:w-[112px] max-lg:hidden" },
  revision: { className: "md:w-[72px] max-xl:hidden" },
  environment: { className: "md:w-[96px] max-lg:hidden" },
  region: { className: "md:w-[96px] max-lg:hidden" },
  owner: { className: "md:w-[84px] max-xl:hidden" },
  template: { className: "md:w-[104px] max-xl:hidden" },
  team: { sort: "team", className: "md:w-[84px] max-lg:hidden" },
  expires: { sort: "expires", className: "md:w-[74px] max-xl:hidden" },
  seen: { sort: "seen", numeric: true, className: "md:w-[66px] max-md:hidden pr-3.5!" },
};

/** A plain text of the row under its own heading. */
function text(id: "environment" | "region" | "owner" | "template") {
  return column.accessor(id, {
    header: columnWords[id],
    cell: ({ row: { original: row } }) =>
      row[id] === null ? (
        none
      ) : (
        <span className="text-text-2" title={row[id]}>
          {row[id]}
        </span>
      ),
  });
}

const columns = column.columns([
  column.accessor("name", {
    header: "Cluster",
    cell: ({ row: { original: row } }) => (
      <Link
        href={`/clusters/${row.slug}`}
        prefetch={false}
        data-row
        title={row.name}
        className="font-[540] after:absolute after:inset-0 after:outline-offset-[-2px] focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
      >
        {row.name}
      </Link>
    ),
  }),
  column.display({
    id: "state",
    header: "State",
    cell: ({ row: { original: row } }) => (
      <StatusText block mark={row.mark}>
        {row.cause !== null && (
          <span className="ml-1 truncate text-text-3" title={row.cause}>
            {row.cause}
          </span>
        )}
      </StatusText>
    ),
  }),
  column.display({
    id: "version",
    header: "Kubernetes",
    cell: ({ row }) => <VersionCell row={row.original} />,
  }),
  column.display({ id: "nodes", header: "Nodes", cell: ({ row }) => <NodesCell row={row.original} /> }),
  column.display({
    id: "sync",
    header: "Sync",
    cell: ({ row: { original: row } }) => {
      const { synced, total, lastKnown } = row.flux;
      if (total === 0) return none;
      if (lastKnown) return <span className="text-unknown-text">{`last known ${synced}/${total}`}</span>;
      return <SparkBar done={synced} total={total} label="Flux objects synced" />;
    },
  }),
  column.accessor("revision", {
    header: "Revision",
    cell: ({ row: { original: row } }) =>
      row.revision === null ? none : <RevisionLink sha={row.revision} className="text-text-3" />,
  }),
  ...(["environment", "region"] as const).map((id) => text(id)),
  column.accessor("team", {
    header: "Team",
    cell: ({ row: { original: row } }) =>
      row.team === null ? none : <span className="text-text-2">{row.team}</span>,
  }),
  ...(["owner", "template"] as const).map((id) => text(id)),
  column.display({
    id: "expires",
    header: "Expires",
    cell: ({ row }) => <ExpiryCell at={row.original.expiresAt} />,
  }),
  column.display({
    id: "seen",
    header: "Seen",
    cell: ({ row: { original: row } }) =>
      row.lastSeenAt === null ? (
        none
      ) : (
        <RelativeTime
          at={row.lastSeenAt}
          className={cx(row.stale || row.flux.lastKnown ? "text-attention-text" : "text-text-3")}
        />
      ),
  }),
]);

/** The name, and what is shown beside it. */
export const columnsOf = (shown: ReadonlySet<string>) =>
  columns.filter((one) => {
    const id = one.id ?? ("accessorKey" in one ? String(one.accessorKey) : "");
    return id === "name" || shown.has(id);
  });

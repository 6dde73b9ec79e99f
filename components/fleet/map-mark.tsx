import Link from "next/link";
import type { MapCluster } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { toneSoft } from "@/components/status/tone-classes";
import { cx } from "@/components/ui/cx";

export interface MarkSize {
  /** Side of the cell, px. */
  cell: number;
  quiet: number;
  loud: number;
}

/** Marks shrink as the fleet grows, so that the whole of it stays in sight. */
export const markSize = (clusters: number): MarkSize =>
  clusters <= 200
    ? { cell: 22, quiet: 11, loud: 14 }
    : clusters <= 700
      ? { cell: 15, quiet: 8, loud: 12 }
      : { cell: 10, quiet: 7, loud: 10 };

/** One cluster on the map: healthy is quiet, the rest stands out. */
export function MapMark({ cluster, size }: { cluster: MapCluster; size: MarkSize }) {
  const quiet = cluster.mark.tone === "healthy";
  const said = [cluster.name, cluster.mark.word, cluster.cause].filter(Boolean).join(", ");
  return (
    <li>
      <Link
        href={`/clusters/${cluster.slug}`}
        prefetch={false}
        data-cluster={cluster.id}
        aria-label={said}
        className={cx(
          "grid place-items-center hover:outline-2 hover:outline-offset-1 hover:outline-accent",
          size.cell > 12 ? "rounded-[5px]" : "rounded-xs",
          quiet ? "bg-raised" : toneSoft[cluster.mark.tone],
        )}
        style={{ width: size.cell, height: size.cell }}
      >
        <StatusMark mark={cluster.mark} beside size={quiet ? size.quiet : size.loud} />
      </Link>
    </li>
  );
}

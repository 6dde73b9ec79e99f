import Link from "next/link";
import type { MapCluster } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { toneSoft } from "@/components/status/tone-classes";
import { cx } from "@/components/ui/cx";

/** One cluster on the map: healthy is quiet, the rest stands out. */
export function MapMark({ cluster }: { cluster: MapCluster }) {
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
          "grid size-[22px] place-items-center rounded-[5px] hover:outline-2 hover:outline-offset-1 hover:outline-accent",
          quiet ? "bg-raised" : toneSoft[cluster.mark.tone],
        )}
      >
        <StatusMark mark={cluster.mark} beside size={quiet ? 11 : 14} />
      </Link>
    </li>
  );
}

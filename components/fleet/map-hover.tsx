import type { MapCluster } from "@/lib/queries/views";
import { StatusText } from "@/components/status/status-text";

export interface Hovered {
  cluster: MapCluster;
  box: DOMRect;
}

/** What a mark on the map stands for; one for the whole map, moved to the mark under the pointer. */
export function MapHover({ cluster, box }: Hovered) {
  const left = Math.max(8, Math.min(box.left + box.width / 2 - 130, window.innerWidth - 276));
  const below = box.bottom + 120 < window.innerHeight;
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed z-40 w-[268px] rounded-lg border border-line bg-surface px-3 py-2 shadow-overlay"
      style={below ? { left, top: box.bottom + 6 } : { left, bottom: window.innerHeight - box.top + 6 }}
    >
      <div className="flex items-baseline gap-2">
        <b className="truncate font-[560]">{cluster.name}</b>
        <span className="mono ml-auto flex-none text-text-3">{cluster.version}</span>
      </div>
      <StatusText mark={cluster.mark} />
      {cluster.cause !== null && <p className="text-text-2">{cluster.cause}</p>}
      <p className="text-sm text-text-3">
        {[cluster.environment, cluster.region, cluster.team, cluster.provider].filter(Boolean).join(" · ")}
      </p>
    </div>
  );
}

import type { ClusterDetail } from "@/lib/queries/views";
import { StatusText } from "@/components/status/status-text";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextParts } from "@/components/ui/text-parts";

/** Name and state of the cluster, the state as a sentence. */
export function ClusterHead({ cluster }: { cluster: ClusterDetail }) {
  return (
    <div className="mb-3">
      <p className="text-2xl font-[620] tracking-tight break-words">{cluster.name}</p>
      <p className="mt-1 text-text-2">
        <StatusText mark={cluster.mark} />
        {cluster.sentence.length > 0 && (
          <>
            <span className="text-text-3"> · </span>
            <TextParts parts={cluster.sentence} />
          </>
        )}
        <span className="text-text-3">
          {" "}
          · for <RelativeTime at={cluster.since} />
        </span>
        {(cluster.stale || cluster.flux.lastKnown) && cluster.lastSeenAt !== null && (
          <span className="text-attention-text">
            {" "}
            · last seen <RelativeTime at={cluster.lastSeenAt} ago />
          </span>
        )}
      </p>
    </div>
  );
}

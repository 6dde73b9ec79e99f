import Link from "next/link";
import type { ClusterDetail } from "@/lib/queries/views";
import { CommitLink } from "@/components/causes/commit-link";
import { StatusMark } from "@/components/status/status-mark";
import { Card } from "@/components/ui/card";

/** Where what runs comes from: the sources its Flux reads, and the commit it has applied, with title and author. */
export function SourceCard({ cluster: { commit, fluxObjects } }: { cluster: ClusterDetail }) {
  const sources = fluxObjects.filter(
    ({ home, kind }) => home === "workload" && (kind === "GitRepository" || kind === "OCIRepository"),
  );
  if (commit === null && sources.length === 0) return null;
  return (
    <Card title="Source">
      <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 gap-y-1 px-3.5 pb-3">
        <dt className="text-text-3">Applied</dt>
        <dd className="min-w-0">{commit === null ? "no commit yet" : <CommitLink commit={commit} />}</dd>
        {sources.map(({ id, kind, name, mark }) => (
          <div key={id} className="contents">
            <dt className="text-text-3">From</dt>
            <dd className="flex min-w-0 items-center gap-1.5">
              <StatusMark mark={mark} />
              <Link href={`/reconciliation/${id}`} className="truncate hover:underline">
                {kind} {name}
              </Link>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

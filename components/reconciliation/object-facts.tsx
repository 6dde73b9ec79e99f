import Link from "next/link";
import type { ReactNode } from "react";
import type { FluxLink, FluxObjectView } from "@/lib/queries/flux-views";
import { RevisionText } from "@/components/commits/revision-text";
import { StatusMark } from "@/components/status/status-mark";
import { Card } from "@/components/ui/card";
import { CalendarTime, RelativeTime } from "@/components/ui/relative-time";

/** What it is set to and how far it has come. */
export function ObjectFacts({ object }: { object: FluxObjectView }) {
  const { commit } = object;
  return (
    <Card title="Facts">
      <dl className="grid grid-cols-[132px_minmax(0,1fr)] gap-x-3 gap-y-1.5 px-3.5 pb-3">
        <Fact label="Revision">
          <code className="mono" title={object.revision ?? undefined}>
            {object.revision === null ? "none yet" : <RevisionText revision={object.revision} />}
          </code>
          {object.appliedAt !== null && (
            <span className="text-text-3">
              {" "}
              · <RelativeTime at={object.appliedAt} ago />
            </span>
          )}
        </Fact>
        {commit && (
          <Fact label="Commit">
            {commit.change === null ? (
              commit.title
            ) : (
              <Link href={`/changes/${commit.change}`} className="hover:underline">
                {commit.title}
              </Link>
            )}
            <span className="text-text-3">
              {" "}
              · {commit.author} · <CalendarTime at={commit.at} withTime />
            </span>
          </Fact>
        )}
        {object.attemptedRevision !== null && object.attemptedRevision !== object.revision && (
          <Fact label="Attempted">
            <code className="mono">
              <RevisionText revision={object.attemptedRevision} />
            </code>
          </Fact>
        )}
        {object.source && (
          <Fact label="Reads from">
            <ObjectLink link={object.source} />
          </Fact>
        )}
        {object.intervalSeconds !== null && (
          <Fact label="Interval">
            <span className="tabular-nums">{object.intervalSeconds} s</span>
          </Fact>
        )}
        {object.details.map(({ label, value }) => (
          <Fact key={label} label={label}>
            <span className="break-all">{value}</span>
          </Fact>
        ))}
      </dl>
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

/** Another object by its name, with its state; a link where it is known. */
export function ObjectLink({ link }: { link: FluxLink }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      {link.mark && <StatusMark mark={link.mark} />}
      {link.id === null ? (
        <span className="truncate">
          {link.label} <span className="text-text-3">(not seen)</span>
        </span>
      ) : (
        <Link href={`/reconciliation/${link.id}`} className="truncate hover:underline">
          {link.label}
        </Link>
      )}
    </span>
  );
}

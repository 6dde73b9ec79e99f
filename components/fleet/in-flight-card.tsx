import Link from "next/link";
import type { InFlightView } from "@/lib/queries/views";
import { Steps } from "@/components/status/steps";
import { Card } from "@/components/ui/card";
import { TextParts } from "@/components/ui/text-parts";

/** Changes under way, each with its steps. */
export function InFlightCard({ changes }: { changes: InFlightView[] }) {
  return (
    <Card
      className="max-lg:order-4"
      title="In flight"
      aside={
        changes.length === 0 ? undefined : `${changes.length} ${changes.length === 1 ? "change" : "changes"}`
      }
      end={
        <Link href="/changes" className="hover:text-text hover:underline">
          All changes ›
        </Link>
      }
    >
      {changes.length === 0 ? (
        <p className="border-t px-3.5 py-3 text-text-2">No change is open or on its way.</p>
      ) : (
        <ul>
          {changes.map((change) => (
            <li
              key={change.number}
              className="row-hover relative grid min-h-[38px] grid-cols-[44px_minmax(0,1fr)] items-center gap-x-2.5 gap-y-1 border-t px-3.5 py-1.5 md:grid-cols-[44px_minmax(0,1fr)_auto]"
            >
              <span className="mono text-text-3">#{change.number}</span>
              <Link
                href={`/changes/${change.number}`}
                data-row
                className="truncate after:absolute after:inset-0"
              >
                <TextParts parts={change.title} links={false} />
              </Link>
              <div className="max-md:col-start-2">
                <Steps steps={change.steps} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

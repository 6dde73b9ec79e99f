import type { FleetOverview } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";
import { CauseRow } from "./cause-row";

/** Changes that wait for this person; absent where none do. */
export function WaitingCard({ changes }: { changes: FleetOverview["waitingForMe"] }) {
  if (changes.length === 0) return null;
  return (
    <Card className="max-lg:order-2" title="Waiting for you">
      <ul>
        {changes.map((change) => (
          <CauseRow
            key={change.number}
            mark={change.mark}
            title={change.title}
            since={change.since}
            href={`/changes/${change.number}`}
          >
            {change.sentence}
          </CauseRow>
        ))}
      </ul>
    </Card>
  );
}

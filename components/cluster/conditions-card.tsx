import type { ConditionView } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";

/** Conditions of the cluster in plain words. */
export function ConditionsCard({ conditions }: { conditions: ConditionView[] }) {
  if (conditions.length === 0) return null;
  return (
    <Card title="Conditions">
      <ul>
        {conditions.map((condition) => (
          <li
            key={condition.label}
            className="grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2.5 gap-y-0.5 border-t px-3.5 py-2"
          >
            <StatusMark mark={condition.mark} className="mt-[2px]" />
            <span className="font-[540]">{condition.label}</span>
            {condition.since === null ? (
              <span />
            ) : (
              <RelativeTime at={condition.since} className="text-sm text-text-3" />
            )}
            <p className="col-start-2 col-end-4 break-words text-text-2">{condition.sentence}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

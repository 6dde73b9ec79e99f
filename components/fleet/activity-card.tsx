import type { ActivityView } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextParts } from "@/components/ui/text-parts";

/** Who did what, newest first. */
export function ActivityCard({ activity }: { activity: ActivityView[] }) {
  if (activity.length === 0) return null;
  return (
    <Card className="max-lg:order-5" title="Activity">
      <ol className="pb-2">
        {activity.map((each) => (
          <li key={each.id} className="grid grid-cols-[52px_1fr] gap-2.5 px-3.5 py-[5px] text-text-2">
            <RelativeTime at={each.at} className="text-text-3" />
            <span className="min-w-0 break-words">
              <TextParts parts={each.text} />
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

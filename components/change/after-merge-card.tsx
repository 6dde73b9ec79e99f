import Link from "next/link";
import type { ChangeDetail } from "@/lib/queries/views";
import { JourneySteps } from "@/components/cluster/journey-steps";
import { Card } from "@/components/ui/card";

/** After the merge: the way of the commit to each cluster, live. */
export function AfterMergeCard({ change }: { change: ChangeDetail }) {
  if (change.journeys.length === 0) return null;
  const merged = change.state === "merged";
  return (
    <Card
      title={merged ? "Since the merge" : "After the merge"}
      aside={
        change.mergeCommit === null ? undefined : (
          <code className="mono">{change.mergeCommit.slice(0, 7)}</code>
        )
      }
      className={merged ? "max-lg:order-2" : "max-lg:order-8"}
    >
      {change.journeys.map(({ cluster, steps }) => (
        <div key={cluster.name}>
          {(change.journeys.length > 1 || cluster.slug !== null) && (
            <p className="px-3.5 pb-1 font-[540]">
              {cluster.slug === null ? (
                cluster.name
              ) : (
                <Link href={`/clusters/${cluster.slug}`} className="text-link">
                  {cluster.name}
                </Link>
              )}
            </p>
          )}
          <JourneySteps steps={steps} />
        </div>
      ))}
    </Card>
  );
}

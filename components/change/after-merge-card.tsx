import Link from "next/link";
import type { ChangeDetail } from "@/lib/queries/views";
import { CommitReach } from "@/components/commits/commit-reach";
import { JourneySteps } from "@/components/cluster/journey-steps";
import { Card } from "@/components/ui/card";

/** After the merge: the way of the commit to each cluster, live. */
export function AfterMergeCard({ change }: { change: ChangeDetail }) {
  if (change.journeys.length === 0 && !(change.state === "merged" && change.mergeCommit !== null))
    return null;
  const merged = change.state === "merged";
  return (
    <Card
      title={merged ? "Since the merge" : "After the merge"}
      aside={!merged || change.mergeCommit === null ? undefined : <CommitReach sha={change.mergeCommit} />}
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

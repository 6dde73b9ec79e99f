import Link from "next/link";
import type { HealthView } from "@/lib/queries/views";
import { StatusText } from "@/components/status/status-text";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { RulesBlock } from "./rules-block";

/** Workload clusters we cannot read, since when, and the permissions that lack there. */
export function WorkloadsCard({ workloads }: { workloads: HealthView["workloads"] }) {
  const { readable, total, broken, missing } = workloads;
  return (
    <Card title="Workload clusters" aside={total === 0 ? undefined : `${readable} of ${total} read`}>
      {broken.length === 0 ? (
        <p className="border-t px-3.5 py-3 text-text-2">
          {total === 0 ? "There is none yet." : "No session is broken."}
        </p>
      ) : (
        <>
          <ul>
            {broken.map((cluster) => (
              <li key={cluster.slug} className="grid gap-0.5 border-t px-3.5 py-2">
                <div className="flex flex-wrap items-baseline gap-x-2.5">
                  <Link href={`/clusters/${cluster.slug}`} className="text-link font-[540]">
                    {cluster.name}
                  </Link>
                  <StatusText mark={cluster.mark} />
                  {cluster.since !== null && (
                    <span className="ml-auto text-text-3">
                      for <RelativeTime at={cluster.since} />
                    </span>
                  )}
                </div>
                <p className="text-[12.5px] break-words text-text-2">
                  {cluster.message}
                  {cluster.lastSeenAt !== null && (
                    <>
                      {" "}
                      Last answer <RelativeTime at={cluster.lastSeenAt} ago />.
                    </>
                  )}
                </p>
              </li>
            ))}
          </ul>
          <p className="border-t px-3.5 py-2 text-text-3">
            Each is tried again by itself, after a few seconds at first and about once a minute later.
          </p>
        </>
      )}
      {missing.map(({ rules, clusters }, index) => (
        <RulesBlock key={rules} rules={rules} name={`missing-rules-workload-${index + 1}`}>
          {`Lacks on ${namesOf(clusters)}. Add to the rules of ClusterRole fleetwright-read there:`}
        </RulesBlock>
      ))}
    </Card>
  );
}

function namesOf(clusters: { name: string }[]): string {
  const names = clusters.slice(0, 3).map(({ name }) => name);
  const more = clusters.length - names.length;
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

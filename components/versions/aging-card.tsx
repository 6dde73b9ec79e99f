import Link from "next/link";
import type { FleetVersions } from "@/lib/domain/versions/fleet-versions";
import { endingWithinDays } from "@/lib/domain/versions/support-of";
import { supportCalendars } from "@/lib/domain/versions/support-windows";
import { Card } from "@/components/ui/card";
import { Table } from "@/components/ui/table";
import { SupportState } from "./support-state";

const columns = [
  { key: "cluster", label: "Cluster" },
  { key: "version", label: "Version" },
  { key: "support", label: "Support" },
  { key: "calendar", label: "By" },
  { key: "environment", label: "Environment" },
  { key: "team", label: "Team" },
];

/** Clusters that are out of support or leave it soon, the longest out first. */
export function AgingCard({ aging: { total, clusters } }: { aging: FleetVersions["aging"] }) {
  if (total === 0) {
    return (
      <Card className="xl:col-span-2" title="Support">
        <p className="px-3.5 pb-3 text-text-2">
          No cluster is out of support or leaves it within {endingWithinDays} days.
        </p>
      </Card>
    );
  }
  const aside =
    clusters.length < total
      ? `${String(total)} clusters, the first ${String(clusters.length)}`
      : String(total);
  return (
    <Card
      className="xl:col-span-2"
      title={`Out of support, or leaving it within ${String(endingWithinDays)} days`}
      aside={aside}
    >
      <div className="max-h-[332px] overflow-y-auto">
        <Table
          label="Clusters out of support or leaving it soon"
          columns={columns}
          rows={clusters.map(({ slug, name, version, support, environment, team }) => ({
            key: slug,
            cells: {
              cluster: (
                <Link
                  href={`/clusters/${slug}`}
                  prefetch={false}
                  data-row
                  className="mono font-[540] hover:underline"
                >
                  {name}
                </Link>
              ),
              version: <span className="mono">{version}</span>,
              support: <SupportState support={support} />,
              calendar: supportCalendars[support.calendar].label,
              environment,
              team: team ?? <span className="text-text-3">none</span>,
            },
          }))}
        />
      </div>
    </Card>
  );
}

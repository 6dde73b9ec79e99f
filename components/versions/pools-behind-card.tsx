import Link from "next/link";
import type { FleetVersions } from "@/lib/domain/versions/fleet-versions";
import { Card } from "@/components/ui/card";
import { Table } from "@/components/ui/table";

const columns = [
  { key: "cluster", label: "Cluster" },
  { key: "pool", label: "Pool" },
  { key: "versions", label: "Pool ← control plane" },
  { key: "behind", label: "Behind" },
  { key: "environment", label: "Environment" },
];

/** Pools whose machines are older than their control plane, the furthest first. */
export function PoolsBehindCard({ total, pools }: FleetVersions["poolsBehind"]) {
  if (total === 0) {
    return (
      <Card title="Pools behind their control plane">
        <p className="px-3.5 pb-3 text-text-2">Every pool runs its control plane’s version.</p>
      </Card>
    );
  }
  const aside =
    pools.length < total ? `${String(total)} pools, the first ${String(pools.length)}` : String(total);
  return (
    <Card title="Pools behind their control plane" aside={aside}>
      <div className="max-h-[332px] overflow-y-auto">
        <Table
          label="Pools behind their control plane"
          columns={columns}
          rows={pools.map(({ cluster, pool, version, controlPlane, minorsBehind, environment }) => ({
            key: `${cluster.slug} ${pool}`,
            cells: {
              cluster: (
                <Link
                  href={`/clusters/${cluster.slug}?tab=nodes`}
                  prefetch={false}
                  className="mono font-[540] hover:underline"
                >
                  {cluster.name}
                </Link>
              ),
              pool: <span className="mono">{pool}</span>,
              versions: (
                <span className="mono">
                  {version} ← {controlPlane}
                </span>
              ),
              behind: behindWords(minorsBehind),
              environment,
            },
          }))}
        />
      </div>
    </Card>
  );
}

function behindWords(minors: number | null): string {
  if (minors === null) return "a major";
  if (minors === 0) return "patches";
  return minors === 1 ? "1 minor" : `${String(minors)} minors`;
}

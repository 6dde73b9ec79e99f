import Link from "next/link";
import type { VersionMove } from "@/lib/domain/versions/fleet-versions";
import { StatusText } from "@/components/status/status-text";
import { Card } from "@/components/ui/card";
import { Table } from "@/components/ui/table";

const columns = [
  { key: "kind", label: "State" },
  { key: "versions", label: "Runs → wanted" },
  { key: "environment", label: "Environment" },
  { key: "clusters", label: "Clusters", className: "whitespace-normal!" },
];

/** Where what runs is not what Git asks for. */
export function MovesCard({ moves }: { moves: VersionMove[] }) {
  const total = moves.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) {
    return (
      <Card title="Desired against observed">
        <p className="px-3.5 pb-3 text-text-2">Every cluster runs the version that Git asks for.</p>
      </Card>
    );
  }
  return (
    <Card title="Desired against observed" aside={`${String(total)} differ`}>
      <Table
        label="Clusters that run another version than Git asks for"
        columns={columns}
        rows={moves.map((move) => ({
          key: `${move.from} ${move.to} ${move.environment} ${String(move.ahead)}`,
          cells: {
            kind: <StatusText block mark={markOf(move)} />,
            versions: (
              <span className="mono">
                {move.from} → {move.to}
              </span>
            ),
            environment: move.environment,
            clusters: <Named move={move} />,
          },
        }))}
      />
    </Card>
  );
}

const markOf = ({ ahead }: VersionMove) =>
  ahead
    ? ({ tone: "attention", word: "Ahead of Git" } as const)
    : ({ tone: "progress", word: "Upgrading" } as const);

function Named({ move: { clusters, count } }: { move: VersionMove }) {
  const more = count - clusters.length;
  return (
    <>
      {clusters.map(({ slug, name }, index) => (
        <span key={slug}>
          {index > 0 && ", "}
          <Link href={`/clusters/${slug}`} prefetch={false} className="hover:underline">
            {name}
          </Link>
        </span>
      ))}
      {more > 0 && <span className="text-text-3"> and {more} more</span>}
    </>
  );
}

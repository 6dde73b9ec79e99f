import Link from "next/link";
import type { FleetOverview } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";

/** How many clusters run which Kubernetes version, the newest first. */
export function VersionsCard({ versions }: { versions: FleetOverview["versions"] }) {
  const total = versions.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  return (
    <Card
      className="max-lg:order-6"
      title="Kubernetes versions"
      end={
        <Link href="/versions" className="hover:text-text hover:underline">
          All versions
        </Link>
      }
    >
      <ul className="pb-2.5">
        {versions.map(({ version, count }, index) => (
          <li key={version}>
            <Link
              href={`/clusters?version=${encodeURIComponent(version)}`}
              className="grid grid-cols-[64px_1fr_28px] items-center gap-2.5 px-3.5 py-[5px] hover:bg-hover"
            >
              <span className="mono">{version}</span>
              <span aria-hidden className="flex h-2 overflow-hidden rounded-xs bg-raised">
                <i
                  className="bg-accent"
                  style={{ width: `${(count / total) * 100}%`, opacity: Math.max(0.35, 0.85 - index * 0.25) }}
                />
              </span>
              <span className="text-right">{count}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

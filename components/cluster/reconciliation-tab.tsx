import type { ClusterDetail, FluxRow } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";
import { FluxList } from "./flux-list";

const homes: { home: FluxRow["home"]; title: string }[] = [
  { home: "management", title: "On the management cluster" },
  { home: "workload", title: "On this cluster" },
];

/** Every Flux object of the cluster with state, revision, age and the message behind it. */
export function ReconciliationTab({ cluster }: { cluster: ClusterDetail }) {
  return (
    <div className="grid gap-4">
      {cluster.fluxNote !== null && (
        <p className="rounded-lg bg-attention-soft px-3.5 py-2.5">{cluster.fluxNote}</p>
      )}
      {homes.map(({ home, title }) => {
        const objects = leftAligned(cluster.fluxObjects.filter((object) => object.home === home));
        return (
          <Card
            key={home}
            title={title}
            aside={`${objects.length} ${objects.length === 1 ? "object" : "objects"}`}
          >
            <FluxList objects={objects} note={null} detailed />
          </Card>
        );
      })}
    </div>
  );
}

/** Nesting starts anew in each list. */
function leftAligned(objects: FluxRow[]): FluxRow[] {
  const least = Math.min(...objects.map(({ depth }) => depth));
  return objects.map((object) => ({ ...object, depth: object.depth - least }));
}

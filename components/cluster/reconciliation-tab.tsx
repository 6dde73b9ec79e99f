"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ClusterDetail, FluxRow } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";
import { Segments } from "@/components/ui/segments";
import { FluxGraph } from "./flux-graph";
import { FluxList } from "./flux-list";

const homes: { home: FluxRow["home"]; title: string }[] = [
  { home: "management", title: "On the management cluster" },
  { home: "workload", title: "On this cluster" },
];

const shapes = ["list", "graph"] as const;

/** Every Flux object of the cluster as a list or as a graph, with state, revision, age and the message behind it. */
export function ReconciliationTab({ cluster }: { cluster: ClusterDetail }) {
  const [shape, setShape] = useQueryState("as", parseAsStringLiteral(shapes).withDefault("list"));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Segments
        label="Show as"
        value={shape}
        options={[
          { value: "list", label: "List" },
          { value: "graph", label: "Graph" },
        ]}
        onChange={(next) => void setShape(next)}
      />
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
            {shape === "list" ? (
              <FluxList objects={objects} note={null} detailed />
            ) : (
              <FluxGraph objects={objects} label={title} />
            )}
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

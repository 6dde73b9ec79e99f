"use client";

import { Fragment, useState } from "react";
import type { MapCluster } from "@/lib/queries/views";
import { Card } from "@/components/ui/card";
import { groupMap } from "./map-grouping";
import type { MapGrouping } from "./map-grouping";
import { MapHover } from "./map-hover";
import type { Hovered } from "./map-hover";
import { MapMark, markSize } from "./map-mark";

/** Every cluster as one mark, by environment and region (or team, version, provider). */
export function FleetMap({ clusters, by }: { clusters: MapCluster[]; by: MapGrouping }) {
  const { columns, rows } = groupMap(clusters, by);
  const size = markSize(clusters.length);
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const byId = new Map(clusters.map((cluster) => [cluster.id, cluster]));
  const show = (target: EventTarget) => {
    const mark = target instanceof Element ? target.closest<HTMLElement>("[data-cluster]") : null;
    const cluster = byId.get(mark?.dataset.cluster ?? "");
    setHovered(mark && cluster ? { cluster, box: mark.getBoundingClientRect() } : null);
  };
  const hide = () => {
    setHovered(null);
  };
  return (
    <Card
      className="max-lg:order-3"
      title="Map"
      aside="every mark is a cluster"
      end={<span className="max-sm:hidden">hover for cause · click to open</span>}
    >
      <div
        className="grid grid-cols-1 px-3.5 pt-0.5 pb-3.5 md:grid-cols-(--columns)"
        style={{ "--columns": `92px repeat(${columns.length}, minmax(0, 1fr))` } as React.CSSProperties}
        onPointerOver={(event) => {
          show(event.target);
        }}
        onPointerLeave={hide}
        onFocus={(event) => {
          show(event.target);
        }}
        onBlur={hide}
      >
        <span aria-hidden className="border-b px-2 py-1 max-md:hidden" />
        {columns.map((column) => (
          <span key={column} className="truncate border-b px-2 py-1 text-sm text-text-3 max-md:hidden">
            {column}
          </span>
        ))}
        {rows.map((row, index) => (
          <Fragment key={row.environment}>
            <div className={`pt-3 pb-1 font-[520] md:pb-3 ${index < rows.length - 1 ? "md:border-b" : ""}`}>
              {row.environment}
              <small className="block text-xs font-normal text-text-3 max-md:ml-2 max-md:inline">
                {row.total} {row.total === 1 ? "cluster" : "clusters"}
              </small>
            </div>
            {row.cells.map((cell, at) => (
              <ul
                key={columns[at]}
                aria-label={`${row.environment}, ${columns[at] ?? ""}`}
                className={`flex flex-wrap content-start items-center ${size.cell > 12 ? "gap-[3px]" : "gap-px"} md:border-l md:px-2 md:py-3 ${cell.length === 0 ? "max-md:hidden" : "max-md:py-1"} ${index < rows.length - 1 ? "md:border-b" : ""}`}
              >
                <li aria-hidden className="w-[84px] flex-none truncate pr-2 text-sm text-text-3 md:hidden">
                  {columns[at]}
                </li>
                {cell.map((cluster) => (
                  <MapMark key={cluster.id} cluster={cluster} size={size} />
                ))}
              </ul>
            ))}
          </Fragment>
        ))}
      </div>
      {hovered && <MapHover {...hovered} />}
    </Card>
  );
}

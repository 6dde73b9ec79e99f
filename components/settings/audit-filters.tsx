"use client";

import type { AuditParams } from "@/lib/queries/views";
import { FilterInput } from "@/components/ui/filter-input";

type Filters = Pick<AuditParams, "person" | "cluster" | "change">;

interface Props {
  params: Filters;
  onChange: (change: Partial<Filters>) => void;
}

/** By person, change and cluster; all three hold at once. */
export function AuditFilters({ params, onChange }: Props) {
  return (
    <div className="mb-2.5 grid gap-2 sm:grid-cols-3">
      <FilterInput
        label="Filter by person"
        placeholder="Person…"
        value={params.person}
        onChange={(person) => {
          onChange({ person });
        }}
      />
      <FilterInput
        label="Filter by change"
        hasKey={false}
        placeholder="Change, as #12…"
        value={params.change === null ? "" : `#${params.change}`}
        onChange={(text) => {
          const number = Number(text.replace(/\D/g, ""));
          onChange({ change: number > 0 ? number : null });
        }}
      />
      <FilterInput
        label="Filter by cluster"
        hasKey={false}
        placeholder="Cluster…"
        value={params.cluster}
        onChange={(cluster) => {
          onChange({ cluster });
        }}
      />
    </div>
  );
}

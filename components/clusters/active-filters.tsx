import { X } from "lucide-react";
import type { ClusterFacet, ClusterListParams } from "@/lib/queries/views";
import { facetWords } from "./facet-words";

interface Props {
  filters: ClusterListParams["filters"];
  onToggle: (facet: ClusterFacet, value: string) => void;
  onClear: () => void;
}

/** What is filtered for, each removable. */
export function ActiveFilters({ filters, onToggle, onClear }: Props) {
  const chosen = (Object.keys(facetWords) as ClusterFacet[]).flatMap((facet) =>
    (filters[facet] ?? []).map((value) => ({ facet, value })),
  );
  if (chosen.length === 0) return null;
  return (
    <>
      {chosen.map(({ facet, value }) => (
        <button
          key={`${facet}:${value}`}
          type="button"
          aria-label={`Remove filter ${facetWords[facet]} ${value}`}
          onClick={() => {
            onToggle(facet, value);
          }}
          className="inline-flex h-[22px] items-center gap-1.5 rounded-full border border-line bg-surface px-2 text-sm text-text-2 hover:bg-hover"
        >
          {facetWords[facet]} <b className="font-[560] text-text">{value}</b>
          <X size={11} aria-hidden />
        </button>
      ))}
      {chosen.length > 1 && (
        <button
          type="button"
          onClick={onClear}
          className="text-sm text-text-3 hover:text-text hover:underline"
        >
          Clear
        </button>
      )}
    </>
  );
}

import type { ClusterFacet, ClusterList, ClusterListParams, FacetValue } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { cx } from "@/components/ui/cx";
import { facetWords } from "./facet-words";

export interface FacetProps {
  facets: ClusterList["facets"];
  filters: ClusterListParams["filters"];
  onToggle: (facet: ClusterFacet, value: string) => void;
}

/** Filters with counts; several values of one filter widen it, several filters narrow. */
export function FacetRail({ facets, filters, onToggle }: FacetProps) {
  return (Object.keys(facetWords) as ClusterFacet[]).map((facet) => {
    const chosen = filters[facet] ?? [];
    const values = facets[facet];
    if (values.length === 0 || (values.length === 1 && chosen.length === 0 && facet !== "state")) return null;
    return (
      <section
        key={facet}
        aria-label={facetWords[facet]}
        className="mb-3.5 grid grid-cols-[minmax(0,1fr)] gap-px"
      >
        <h2 className="mb-[3px] px-1.5 text-xs font-medium text-text-3">{facetWords[facet]}</h2>
        {values.map((value) => (
          <Value
            key={value.value}
            value={value}
            mono={facet === "version"}
            on={chosen.includes(value.value)}
            onToggle={() => {
              onToggle(facet, value.value);
            }}
          />
        ))}
      </section>
    );
  });
}

function Value({
  value,
  mono,
  on,
  onToggle,
}: {
  value: FacetValue;
  mono: boolean;
  on: boolean;
  onToggle: () => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onToggle}
      className={cx(
        "flex h-[25px] items-center gap-[7px] rounded-[5px] px-1.5 text-left hover:bg-hover max-lg:h-9",
        on ? "bg-selected text-accent-text" : "text-text-2",
      )}
    >
      {value.tone && <StatusMark mark={{ tone: value.tone, word: value.label }} beside />}
      <span title={value.label} className={cx("truncate", mono && "mono")}>
        {value.label}
      </span>
      <span className={cx("ml-auto text-sm tabular-nums", on ? "text-accent-text" : "text-text-3")}>
        {value.count}
      </span>
    </button>
  );
}

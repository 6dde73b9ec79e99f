import type { FacetValue } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { cx } from "@/components/ui/cx";

export interface FacetProps<F extends string> {
  /** Headings of the filters, in their order. */
  words: Record<F, string>;
  facets: Record<F, FacetValue[]>;
  filters: Partial<Record<F, string[]>>;
  onToggle: (facet: F, value: string) => void;
  /** Filters whose values are set in mono. */
  mono?: readonly F[];
}

/** Filters with counts; several values of one filter widen it, several filters narrow. */
export function FacetRail<F extends string>({ words, facets, filters, onToggle, mono = [] }: FacetProps<F>) {
  return (Object.keys(words) as F[]).map((facet) => {
    const chosen = filters[facet] ?? [];
    const values = facets[facet];
    if (values.length === 0 || (values.length === 1 && chosen.length === 0 && facet !== "state")) return null;
    return (
      <section key={facet} aria-label={words[facet]} className="mb-3.5 grid grid-cols-[minmax(0,1fr)] gap-px">
        <h2 className="mb-[3px] px-1.5 text-xs font-medium text-text-3">{words[facet]}</h2>
        {values.map((value) => (
          <Value
            key={value.value}
            value={value}
            mono={mono.includes(facet)}
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

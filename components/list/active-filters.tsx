import { X } from "lucide-react";

interface Props<F extends string> {
  words: Record<F, string>;
  filters: Partial<Record<F, string[]>>;
  onToggle: (facet: F, value: string) => void;
  onClear: () => void;
}

/** What is filtered for, each removable. */
export function ActiveFilters<F extends string>({ words, filters, onToggle, onClear }: Props<F>) {
  const chosen = (Object.keys(words) as F[]).flatMap((facet) =>
    (filters[facet] ?? []).map((value) => ({ facet, value })),
  );
  if (chosen.length === 0) return null;
  return (
    <>
      {chosen.map(({ facet, value }) => (
        <button
          key={`${facet}:${value}`}
          type="button"
          aria-label={`Remove filter ${words[facet]} ${value}`}
          onClick={() => {
            onToggle(facet, value);
          }}
          className="inline-flex h-[22px] items-center gap-1.5 rounded-full border border-line bg-surface px-2 text-sm text-text-2 hover:bg-hover"
        >
          {words[facet]} <b className="font-[560] text-text">{value}</b>
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

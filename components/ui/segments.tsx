import { cx } from "./cx";

interface Props<T extends string> {
  label: string;
  value: T;
  options: { value: T; label: string; count?: number }[];
  onChange: (value: T) => void;
}

/** A few choices side by side, one of them on. */
export function Segments<T extends string>({ label, value, options, onChange }: Props<T>) {
  return (
    <div role="group" aria-label={label} className="flex gap-1">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => {
            onChange(option.value);
          }}
          className={cx(
            "inline-flex h-7 items-center gap-1.5 rounded-md px-2.5",
            option.value === value ? "bg-selected font-[540] text-accent-text" : "text-text-2 hover:bg-hover",
          )}
        >
          {option.label}
          {option.count !== undefined && (
            <span
              className={cx(
                "text-sm font-normal",
                option.value === value ? "text-accent-text" : "text-text-3",
              )}
            >
              {option.count}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

"use client";

import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Kbd } from "./kbd";

interface Props {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  /** False for all but the first filter of a page: `/` leads to that one. */
  hasKey?: boolean;
}

const debounceMs = 150;

/** Filters a list while one types; `/` focuses a page's first, Escape empties it and leaves. */
export function FilterInput({ label, placeholder, value, onChange, hasKey = true }: Props) {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (seen !== value) {
    setSeen(value);
    setTyped(value);
  }
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  const change = (next: string, waitMs: number) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setSeen(next);
      onChange(next);
    }, waitMs);
  };
  return (
    <div className="flex h-[30px] w-full items-center gap-2 rounded-md border border-line-strong bg-surface px-[9px] focus-within:border-accent focus-within:ring-1 focus-within:ring-accent sm:max-w-[420px] sm:flex-1">
      <Search size={14} aria-hidden className="flex-none text-text-3" />
      <input
        data-filter={hasKey ? true : undefined}
        aria-label={label}
        aria-keyshortcuts={hasKey ? "/" : undefined}
        placeholder={placeholder}
        value={typed}
        maxLength={200}
        spellCheck={false}
        onChange={(event) => {
          change(event.target.value, debounceMs);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          change("", 0);
          event.currentTarget.blur();
        }}
        className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-text-3"
      />
      {typed === "" ? (
        hasKey && (
          <span className="max-sm:hidden">
            <Kbd>/</Kbd>
          </span>
        )
      ) : (
        <button
          type="button"
          aria-label="Empty the filter"
          onClick={() => {
            change("", 0);
          }}
          className="text-text-3 hover:text-text"
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}

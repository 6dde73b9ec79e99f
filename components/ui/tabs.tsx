"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

interface Props<T extends string> {
  label: string;
  value: T;
  tabs: { value: T; label: string; count?: number }[];
  onChange: (value: T) => void;
  /** Content of the open tab. */
  children: (value: T) => ReactNode;
}

/** Tabs with an underline; arrow keys move between them. */
export function Tabs<T extends string>({ label, value, tabs, onChange, children }: Props<T>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next: T) => {
        onChange(next);
      }}
    >
      <Base.List
        aria-label={label}
        className="mb-4 flex gap-[18px] overflow-x-auto border-b [scrollbar-width:none] max-md:-mx-3 max-md:px-3"
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="flex-none py-[7px] whitespace-nowrap text-text-2 hover:text-text focus-visible:-outline-offset-2 data-active:font-[560] data-active:text-text data-active:shadow-[inset_0_-2px_0_var(--accent)]"
          >
            {tab.label}
            {tab.count !== undefined && <span className="ml-1 font-normal text-text-3">{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel key={value} value={value} className="outline-none">
        {children(value)}
      </Base.Panel>
    </Base.Root>
  );
}

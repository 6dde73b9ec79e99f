"use client";

import { Select } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import { menuItem, menuPopup } from "./menu-classes";

interface Props<T extends string> {
  /** What is picked, for those who cannot see it. */
  label: string;
  value: T;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** A small pill in a page's header that says what is picked and lets one pick another. */
export function PickerChip<T extends string>({ label, value, options, onChange }: Props<T>) {
  return (
    <Select.Root
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <Select.Trigger
        aria-label={`${label}: ${options.find((option) => option.value === value)?.label ?? ""}`}
        className="inline-flex h-[22px] items-center gap-1 rounded-full border border-line bg-surface px-2 text-sm whitespace-nowrap text-text-2 hover:bg-hover data-popup-open:bg-hover"
      >
        <Select.Value />
        <ChevronDown size={12} aria-hidden />
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Select.Popup className={`${menuPopup} max-h-(--available-height) overflow-y-auto`}>
            {options.map((option) => (
              <Select.Item key={option.value} value={option.value} className={`${menuItem} pr-2`}>
                <Select.ItemText>{option.label}</Select.ItemText>
                <Select.ItemIndicator className="ml-auto pl-3">
                  <Check size={14} aria-hidden />
                </Select.ItemIndicator>
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}

"use client";

import { Select } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import { cx } from "./cx";
import { controlClass } from "./field";
import { menuItem, menuPopup } from "./menu-classes";

export interface SelectOption {
  value: string;
  label: string;
  /** In grey at the right end. */
  aside?: string;
}

interface Props {
  id: string;
  value: string;
  options: SelectOption[];
  onChange: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  mono?: boolean;
  invalid?: boolean;
  describedBy?: string;
  label?: string;
}

/** One of a few values. A value that is not offered any more is still shown, so that its error makes sense. */
export function SelectControl({
  id,
  value,
  options,
  onChange,
  onBlur,
  placeholder,
  mono,
  invalid,
  describedBy,
  label,
}: Props) {
  const known = options.some((option) => option.value === value) || value === "";
  const shown = known ? options : [{ value, label: value }, ...options];
  const aside = options.find((option) => option.value === value)?.aside;
  return (
    <Select.Root
      items={shown}
      value={value === "" ? null : value}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
      onOpenChange={(open) => {
        if (!open) onBlur?.();
      }}
    >
      <Select.Trigger
        id={id}
        aria-label={label}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        className={cx(
          controlClass,
          "flex items-center gap-2",
          invalid ? "border-failed" : "border-line-strong",
        )}
      >
        <Select.Value
          placeholder={placeholder ?? "Choose…"}
          className={cx("min-w-0 truncate data-placeholder:text-text-3", mono && "mono")}
        />
        <span className="ml-auto flex flex-none items-center gap-1 text-text-3">
          {aside}
          <ChevronDown size={14} aria-hidden />
        </span>
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Select.Popup
            className={cx(menuPopup, "max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto")}
          >
            {shown.map((option) => (
              <Select.Item key={option.value} value={option.value} className={menuItem}>
                <Select.ItemText className={mono ? "mono" : undefined}>{option.label}</Select.ItemText>
                <span className="ml-auto pl-3 text-text-3">{option.aside}</span>
                <span className="w-3.5">
                  <Select.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </Select.ItemIndicator>
                </span>
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}

"use client";

import { Switch } from "@base-ui/react/switch";
import type { FieldSpec } from "./field-spec";
import { useField } from "./use-field";

/** Yes or no. */
export function BooleanField({ spec }: { spec: FieldSpec }) {
  const { id, value, set, error } = useField(spec);
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="flex min-h-[30px] items-center gap-2 text-[12.5px] font-medium">
        <Switch.Root
          id={id}
          checked={value === true}
          onCheckedChange={(checked) => {
            set(checked);
          }}
          className="flex h-4 w-7 flex-none rounded-full border border-line-strong bg-raised p-px transition-colors data-checked:border-accent data-checked:bg-accent"
        >
          <Switch.Thumb className="size-3 rounded-full bg-text-3 transition-transform data-checked:translate-x-3 data-checked:bg-on-accent" />
        </Switch.Root>
        {spec.label}
      </label>
      {error !== null && <p className="text-sm text-failed-text">{error}</p>}
      {spec.help !== null && error === null && <p className="text-sm text-text-3">{spec.help}</p>}
    </div>
  );
}

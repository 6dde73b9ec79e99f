"use client";

import { cx } from "@/components/ui/cx";
import { Field, controlClass } from "@/components/ui/field";
import type { FieldSpec } from "./field-spec";
import { useField } from "./use-field";

/** A whole number within the schema's bounds. */
export function NumberField({ spec }: { spec: FieldSpec }) {
  const { id, error } = useField(spec);
  const { minimum, maximum } = spec.schema;
  const bounds = minimum !== undefined && maximum !== undefined ? `${minimum} to ${maximum}` : null;
  return (
    <Field id={id} label={spec.label} error={error} help={spec.help ?? bounds} optional={!spec.required}>
      <NumberInput spec={spec} />
    </Field>
  );
}

/** The control alone, for tables; an emptied field is empty, not 0. */
export function NumberInput({ spec, label }: { spec: FieldSpec; label?: string }) {
  const { id, error, value, set, blur, ref, describedBy } = useField(spec);
  return (
    <input
      id={id}
      ref={ref}
      type="number"
      inputMode="numeric"
      aria-label={label}
      min={spec.schema.minimum}
      max={spec.schema.maximum}
      value={typeof value === "number" ? value : ""}
      aria-invalid={error !== null}
      aria-describedby={describedBy}
      onChange={(event) => {
        set(event.target.value === "" ? "" : event.target.valueAsNumber);
      }}
      onBlur={blur}
      className={cx(controlClass, "tabular-nums", error === null ? "border-line-strong" : "border-failed")}
    />
  );
}

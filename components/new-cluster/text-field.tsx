"use client";

import { maxNameLength } from "@/lib/domain/repository/cluster-name";
import { cx } from "@/components/ui/cx";
import { Field, controlClass } from "@/components/ui/field";
import type { FieldSpec } from "./field-spec";
import { useField } from "./use-field";

const monoPickers = ["pods-cidr", "services-cidr", "nodes-cidr", "dns-service-ip", "subnet"];

/** A line of text; the name says how much room is left. */
export function TextField({ spec }: { spec: FieldSpec }) {
  const { id, error, value, set, blur, ref, describedBy } = useField(spec);
  const text = typeof value === "string" ? value : "";
  const isName = spec.picker === "name";
  const example = spec.schema.examples?.[0];
  return (
    <Field
      id={id}
      label={spec.label}
      error={error}
      help={spec.help}
      optional={!spec.required}
      className={spec.picker === "purpose" || spec.picker === "subnet" ? "sm:col-span-2" : undefined}
    >
      <div className="relative">
        <input
          id={id}
          ref={ref}
          value={text}
          placeholder={typeof example === "string" ? example : undefined}
          required={spec.required}
          spellCheck={spec.picker === "purpose"}
          autoComplete="off"
          autoCapitalize="off"
          aria-invalid={error !== null}
          aria-describedby={describedBy}
          onChange={(event) => {
            set(event.target.value);
          }}
          onBlur={blur}
          className={cx(
            controlClass,
            "placeholder:text-text-3",
            error === null ? "border-line-strong" : "border-failed",
            isName && "pr-16",
            spec.picker !== null && monoPickers.includes(spec.picker) && "mono",
          )}
        />
        {isName && (
          <span
            aria-hidden
            className="pointer-events-none absolute top-0 right-[9px] leading-[30px] text-text-3"
          >
            {maxNameLength - text.length} left
          </span>
        )}
      </div>
    </Field>
  );
}

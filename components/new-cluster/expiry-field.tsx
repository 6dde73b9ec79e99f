"use client";

import { useFormContext, useWatch } from "react-hook-form";
import { cx } from "@/components/ui/cx";
import { Field, controlClass } from "@/components/ui/field";
import type { Values } from "./contracts";
import type { FieldSpec } from "./field-spec";
import { useFormKnowledge } from "./form-context";
import { handBackTime } from "./initial-values";
import { useField } from "./use-field";

const dayMs = 86_400_000;

/** The day a cluster is handed back; empty where it stays. */
export function ExpiryField({ spec }: { spec: FieldSpec }) {
  const { id, error, value, set, blur, ref, describedBy } = useField(spec);
  const { form, now } = useFormKnowledge();
  const { control } = useFormContext<Values>();
  const team: unknown = useWatch({ control, name: "team" });
  const day = typeof value === "string" ? value.slice(0, 10) : "";
  const maxDays = form.teams.find(({ name }) => name === team)?.maxDays ?? null;
  const days = day === "" ? null : Math.round((Date.parse(day + handBackTime) - Date.parse(now)) / dayMs);
  const help = [
    maxDays === null ? null : `at most ${maxDays} days; you can extend`,
    spec.required ? null : "leave empty to keep it",
  ]
    .filter(Boolean)
    .join(" · ");
  return (
    <Field id={id} label={spec.label} error={error} help={spec.help ?? help}>
      <div className="relative">
        <input
          id={id}
          ref={ref}
          type="date"
          value={day}
          min={dayAfter(now, 1)}
          max={maxDays === null ? undefined : dayAfter(now, maxDays)}
          aria-invalid={error !== null}
          aria-describedby={describedBy}
          onChange={(event) => {
            set(event.target.value === "" ? "" : event.target.value + handBackTime);
          }}
          onBlur={blur}
          className={cx(controlClass, error === null ? "border-line-strong" : "border-failed")}
        />
        {days !== null && Number.isFinite(days) && (
          <span className="pointer-events-none absolute top-0 right-9 leading-[30px] text-text-3">
            {days} {days === 1 ? "day" : "days"}
          </span>
        )}
      </div>
    </Field>
  );
}

const dayAfter = (now: string, days: number): string =>
  new Date(Date.parse(now) + days * dayMs).toISOString().slice(0, 10);

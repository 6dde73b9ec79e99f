"use client";

import { Plus, X } from "lucide-react";
import { useFieldArray } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { controlClass } from "@/components/ui/field";
import { fieldsOf } from "./field-spec";
import type { FieldSpec } from "./field-spec";
import { useFormKnowledge } from "./form-context";
import { newItem } from "./initial-values";
import { NumberInput } from "./number-field";
import { PickInput } from "./pick-field";
import { useField } from "./use-field";

/** A list of objects as rows: node pools. */
export function PoolsField({ spec }: { spec: FieldSpec }) {
  const { error } = useField(spec);
  const knowledge = useFormKnowledge();
  const { fields, append, remove } = useFieldArray({ name: spec.path });
  const { items, minItems = 0, maxItems = 20 } = spec.schema;
  if (!items) return null;
  const columns = fieldsOf(items, "");
  const grid = { gridTemplateColumns: [...columns.map(widthOf), "28px"].join(" ") };
  return (
    <div role="group" aria-label={spec.label} className="grid gap-1.5 sm:col-span-2">
      <p className="text-[12.5px] font-medium">{spec.label}</p>
      <div className="-m-1 grid gap-1.5 overflow-x-auto p-1">
        <div
          aria-hidden
          className="grid min-w-[480px] items-end gap-1.5 text-sm leading-4 text-text-3"
          style={grid}
        >
          {columns.map((column) => (
            <span key={column.path}>{column.label}</span>
          ))}
        </div>
        {fields.map((field, index) => (
          <div key={field.id} className="grid min-w-[480px] items-start gap-1.5" style={grid}>
            {fieldsOf(items, `${spec.path}.${index}.`).map((cell) => (
              <Cell key={cell.path} spec={cell} label={`${cell.label}, pool ${index + 1}`} />
            ))}
            <button
              type="button"
              aria-label={`Remove pool ${index + 1}`}
              disabled={fields.length <= minItems}
              onClick={() => {
                remove(index);
              }}
              className="grid h-[30px] place-items-center rounded-md text-text-3 hover:bg-hover hover:text-text disabled:invisible"
            >
              <X size={14} aria-hidden />
            </button>
          </div>
        ))}
      </div>
      {error !== null && <p className="text-sm text-failed-text">{error}</p>}
      <div>
        <Button
          disabled={fields.length >= maxItems}
          onClick={() => {
            append(newItem(items, knowledge));
          }}
        >
          <Plus size={13} aria-hidden /> Add a pool
        </Button>
      </div>
    </div>
  );
}

const widthOf = ({ picker, schema }: FieldSpec): string =>
  picker === "size"
    ? "minmax(150px,2fr)"
    : schema.type === "integer"
      ? "58px"
      : schema.enum
        ? "94px"
        : "minmax(80px,1fr)";

function Cell({ spec, label }: { spec: FieldSpec; label: string }) {
  const { error } = useField(spec);
  return (
    <div className="grid min-w-0 gap-0.5">
      {spec.picker === "size" || spec.schema.enum ? (
        <PickInput spec={spec} label={label} />
      ) : spec.schema.type === "integer" ? (
        <NumberInput spec={spec} label={label} />
      ) : (
        <TextInput spec={spec} label={label} />
      )}
      {error !== null && <p className="text-sm break-words text-failed-text">{error}</p>}
    </div>
  );
}

function TextInput({ spec, label }: { spec: FieldSpec; label: string }) {
  const { id, error, value, set, blur, ref } = useField(spec);
  return (
    <input
      id={id}
      ref={ref}
      aria-label={label}
      aria-invalid={error !== null}
      value={typeof value === "string" ? value : ""}
      spellCheck={false}
      onChange={(event) => {
        set(event.target.value);
      }}
      onBlur={blur}
      className={cx(controlClass, "mono", error === null ? "border-line-strong" : "border-failed")}
    />
  );
}

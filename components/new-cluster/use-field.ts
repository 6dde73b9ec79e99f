"use client";

import { useController } from "react-hook-form";
import { fieldIds } from "@/components/ui/field";
import type { Values } from "./contracts";
import { fieldId } from "./field-spec";
import type { FieldSpec } from "./field-spec";
import { useFormKnowledge } from "./form-context";

/** Value and error of one field; an error shows once the field was touched or sending was tried. */
export function useField(spec: FieldSpec) {
  const { field, fieldState } = useController<Values>({ name: spec.path });
  const { errors, tried } = useFormKnowledge();
  const show = tried || fieldState.isDirty || fieldState.isTouched;
  const error = (show && errors[spec.path]) || null;
  const id = fieldId(spec.path);
  const ids = fieldIds(id);
  return {
    id,
    error,
    value: field.value,
    set: (value: unknown) => {
      field.onChange(value);
    },
    blur: field.onBlur,
    ref: field.ref,
    describedBy: error === null ? ids.help : ids.error,
  };
}

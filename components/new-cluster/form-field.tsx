"use client";

import { Field } from "@/components/ui/field";
import { BooleanField } from "./boolean-field";
import { ExpiryField } from "./expiry-field";
import type { FieldSpec } from "./field-spec";
import { NumberField } from "./number-field";
import { PickField } from "./pick-field";
import { PoolsField } from "./pools-field";
import { TextField } from "./text-field";
import { useField } from "./use-field";

/** The control for a parameter, by its picker first and its type second. */
export function FormField({ spec }: { spec: FieldSpec }) {
  const { picker, schema } = spec;
  if (picker === "expiry") return <ExpiryField spec={spec} />;
  if (picker === "team" || picker === "region" || picker === "version" || picker === "size" || schema.enum) {
    return <PickField spec={spec} />;
  }
  if (schema.type === "array") return <PoolsField spec={spec} />;
  if (schema.type === "boolean") return <BooleanField spec={spec} />;
  if (schema.type === "integer" || schema.type === "number") return <NumberField spec={spec} />;
  if (schema.type === "string") return <TextField spec={spec} />;
  return <Unsupported spec={spec} />;
}

/** A kind of parameter this form cannot fill: its default is used, and the page says so. */
function Unsupported({ spec }: { spec: FieldSpec }) {
  const { id } = useField(spec);
  return (
    <Field id={id} label={spec.label} error={null} help="Set by the template; change it in the pull request.">
      <input id={id} disabled className="h-[30px]" value="" />
    </Field>
  );
}

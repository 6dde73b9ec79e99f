"use client";

import { useFormContext, useWatch } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { SelectControl } from "@/components/ui/select-control";
import type { SelectOption } from "@/components/ui/select-control";
import type { NewClusterForm } from "@/lib/queries/views";
import type { Values } from "./contracts";
import type { FieldSpec } from "./field-spec";
import { useFormKnowledge } from "./form-context";
import { useField } from "./use-field";

/** One of what the fleet offers (teams, regions, versions, sizes) or of the schema's own list. */
export function PickField({ spec }: { spec: FieldSpec }) {
  const { id, error } = useField(spec);
  const { options, help } = usePick(spec);
  return (
    <Field
      id={id}
      label={spec.label}
      error={error}
      help={spec.help ?? help(options)}
      optional={!spec.required}
    >
      <PickInput spec={spec} />
    </Field>
  );
}

/** The control alone, for tables. */
export function PickInput({ spec, label }: { spec: FieldSpec; label?: string }) {
  const { id, error, value, set, blur, describedBy } = useField(spec);
  const { setValue, getValues } = useFormContext<Values>();
  const { form, versionPath } = useFormKnowledge();
  const { options } = usePick(spec);
  const isNumber = spec.schema.type === "integer" || spec.schema.type === "number";
  const change = (next: string) => {
    set(isNumber ? Number(next) : next);
    if (spec.picker === "region" && versionPath !== null) followRegion(next, versionPath);
  };
  /** A version the new region does not offer would be an error nobody made. */
  const followRegion = (region: string, path: string) => {
    const versions = form.regions.find(({ name }) => name === region)?.versions ?? [];
    if (!versions.includes(String(getValues(path)))) setValue(path, versions[0] ?? "", { shouldDirty: true });
  };
  return (
    <SelectControl
      id={id}
      label={label}
      value={typeof value === "number" ? String(value) : typeof value === "string" ? value : ""}
      options={options}
      onChange={change}
      onBlur={blur}
      mono={spec.picker === "version" || spec.picker === "size"}
      invalid={error !== null}
      describedBy={describedBy}
    />
  );
}

function usePick(spec: FieldSpec): {
  options: SelectOption[];
  help: (options: SelectOption[]) => string | null;
} {
  const { form, regionPath } = useFormKnowledge();
  const chosen: unknown = useWatch<Values>({ name: regionPath ?? "" });
  const own: unknown = useWatch<Values>({ name: spec.path });
  const region = form.regions.find(({ name }) => name === chosen);
  switch (spec.picker) {
    case "team":
      return {
        options: form.teams.map(({ name, used, limit }) => ({
          value: name,
          label: name,
          aside: limit === null ? undefined : `${used} of ${limit} used`,
        })),
        help: () =>
          teamHelp(
            form.teams.find(({ name }) => name === own),
            form.teams.length,
          ),
      };
    case "region":
      return { options: form.regions.map(({ name }) => ({ value: name, label: name })), help: () => null };
    case "version":
      return {
        options: (region?.versions ?? []).map((value, index) => ({
          value,
          label: value,
          aside: index === 0 ? "newest" : undefined,
        })),
        help: () => offer(region),
      };
    case "size":
      return {
        options: (region?.sizes ?? []).map((value) => ({ value, label: value })),
        help: () => offer(region),
      };
    default:
      return {
        options: (spec.schema.enum ?? []).map((value) => ({ value: String(value), label: String(value) })),
        help: () => null,
      };
  }
}

function teamHelp(team: NewClusterForm["teams"][number] | undefined, count: number): string | null {
  const several = count > 1 ? `one of your ${count} teams` : null;
  if (!team) return several;
  const used = team.limit === null ? null : `${team.used} of ${team.limit} clusters used`;
  return [several, used].filter(Boolean).join("; ") || null;
}

const offer = (region: NewClusterForm["regions"][number] | undefined): string | null =>
  region?.asOf ? `offered in ${region.name} as of ${region.asOf} (fleet.yaml)` : null;

"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { cx } from "@/components/ui/cx";
import type { FieldGroup } from "./field-spec";
import { FormField } from "./form-field";
import { useFormKnowledge } from "./form-context";

/** The template's fields, group by group; folded groups open by hand, or when something in them is wrong. */
export function FieldGroups({ groups }: { groups: FieldGroup[] }) {
  return groups.map((group) =>
    group.folded ? <Folded key={group.title} group={group} /> : <Open key={group.title} group={group} />,
  );
}

const grid = "grid grid-cols-[minmax(0,1fr)] gap-3 sm:grid-cols-2";

function Open({ group }: { group: FieldGroup }) {
  return (
    <fieldset className="mb-4 border-b pb-[18px]">
      <legend className="pb-2.5 font-semibold">{group.title}</legend>
      <div className={grid}>
        {group.fields.map((spec) => (
          <FormField key={spec.path} spec={spec} />
        ))}
      </div>
    </fieldset>
  );
}

function Folded({ group }: { group: FieldGroup }) {
  const { errors, tried } = useFormKnowledge();
  const [opened, setOpened] = useState(false);
  const wrong = group.fields.filter(({ path }) => errors[path] !== undefined).length;
  const open = opened || (tried && wrong > 0);
  return (
    <fieldset className="mb-4">
      <legend>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => {
            setOpened(!open);
          }}
          className="flex items-center gap-1.5 rounded-sm text-text-2 hover:text-text"
        >
          <ChevronRight size={13} aria-hidden className={cx("transition-transform", open && "rotate-90")} />
          {group.title}
          <span className={wrong > 0 ? "text-failed-text" : "text-text-3"}>
            {wrong > 0 ? `${wrong} to fix` : `sensible defaults; ${group.fields.length} fields`}
          </span>
        </button>
      </legend>
      {open && (
        <div className={cx(grid, "pt-3")}>
          {group.fields.map((spec) => (
            <FormField key={spec.path} spec={spec} />
          ))}
        </div>
      )}
    </fieldset>
  );
}

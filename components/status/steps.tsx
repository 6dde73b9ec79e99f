import { Fragment } from "react";
import type { StepView } from "@/lib/queries/views";
import { cx } from "@/components/ui/cx";
import { StatusMark } from "./status-mark";
import { toneText } from "./tone-classes";

/** Steps of something under way, in one line: done in grey, the present one in its colour, the rest faint. */
export function Steps({ steps }: { steps: StepView[] }) {
  return (
    <ol className="flex flex-wrap items-center gap-y-0.5 text-sm whitespace-nowrap">
      {steps.map((step, index) => (
        <Fragment key={index}>
          {index > 0 && <li aria-hidden className="mx-2 h-px w-3.5 flex-none bg-line-strong" />}
          <li className={cx("inline-flex items-center gap-[5px]", textOf(step))}>
            <StatusMark mark={step.mark} />
            {step.label}
          </li>
        </Fragment>
      ))}
    </ol>
  );
}

function textOf({ mark }: StepView): string {
  if (mark.tone === "healthy") return "text-text-2";
  if (mark.tone === "waiting") return "text-text-3";
  return cx("font-[560]", toneText[mark.tone]);
}

import type { JourneyStep } from "@/lib/queries/views";
import { StatusMark } from "@/components/status/status-mark";
import { toneText } from "@/components/status/tone-classes";
import { cx } from "@/components/ui/cx";
import { formatDuration } from "@/components/ui/format-time";
import { CalendarTime, RelativeTime } from "@/components/ui/relative-time";
import { TextParts } from "@/components/ui/text-parts";

/** Steps of a journey: done with how long each took, the present one with what it waits for, the rest to come. */
export function JourneySteps({ steps }: { steps: JourneyStep[] }) {
  return (
    <ol className="grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2.5 px-3.5 pb-3">
      {steps.map((step) => (
        <li key={step.key} className="col-span-3 grid grid-cols-subgrid py-1">
          <StatusMark mark={step.mark} className="mt-[2px]" />
          <span
            className={cx(
              "min-w-0 break-words",
              step.mark.tone === "waiting" && "text-text-3",
              step.mark.tone !== "healthy" &&
                step.mark.tone !== "waiting" &&
                `font-[560] ${toneText[step.mark.tone]}`,
            )}
          >
            <TextParts parts={step.label} />
          </span>
          <span className="text-right text-text-3 tabular-nums">
            <StepTime step={step} />
          </span>
          {step.waitsFor !== null && (
            <span className="col-start-2 col-end-4 break-words text-[12.5px] text-text-2">
              {step.waitsFor}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

const daySeconds = 86_400;

/** Done: how long it took (the first, and what took over a day: when it was). Under way: for how long. To come: nothing. */
function StepTime({ step }: { step: JourneyStep }) {
  if (step.mark.tone === "waiting" && step.tookSeconds === null) return null;
  const isLong = step.tookSeconds !== null && step.tookSeconds > daySeconds && step.at !== null;
  if (step.tookSeconds !== null && !isLong) return <>+ {formatDuration(step.tookSeconds)}</>;
  if (step.at === null) return null;
  if (step.mark.tone === "healthy") return <CalendarTime at={step.at} withTime />;
  return <RelativeTime at={step.at} />;
}

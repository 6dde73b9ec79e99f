"use client";

import { useQueryStates } from "nuqs";
import { timelineParsers } from "@/lib/client/timeline-params";
import { timelineRanges } from "@/lib/domain/timeline/timeline-range";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { Segments } from "@/components/ui/segments";
import { FleetStrips } from "./fleet-strips";
import { MomentField } from "./moment-field";
import { MomentList } from "./moment-list";

/** How the fleet has been, or how it was at one moment (`?at=`). */
export function TimelineView() {
  const [{ range, at }, setAddress] = useQueryStates(timelineParsers, { history: "push" });
  return (
    <>
      <PageHeader title="Timeline" />
      <PageBody>
        <div className="mb-3 flex flex-wrap items-center gap-3">
          <Segments
            label="How far back"
            value={at === "" ? range : ""}
            options={timelineRanges.map((value) => ({ value, label: value }))}
            onChange={(next) => void setAddress({ range: next === "" ? null : next, at: null })}
          />
          <MomentField at={at} onAt={(next) => void setAddress({ at: next })} />
        </div>
        {at === "" ? <FleetStrips range={range} /> : <MomentList at={at} />}
      </PageBody>
    </>
  );
}

import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { timelineRanges } from "../domain/timeline/timeline-range.ts";

/** The address of the timeline: how far back, or which moment; the same in the page's URL and in the API. */
export const timelineParsers = {
  range: parseAsStringLiteral(timelineRanges).withDefault("24h"),
  at: parseAsString.withDefault(""),
};

export const loadTimelineParams = createLoader(timelineParsers);

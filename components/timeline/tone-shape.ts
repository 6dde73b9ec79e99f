import type { Tone } from "@/lib/domain/cluster/mark";
import { toneFill } from "@/components/status/tone-classes";

const heights: Record<Tone, string> = {
  healthy: "h-2",
  suspended: "h-2.5",
  waiting: "h-3",
  progress: "h-3",
  unknown: "h-3.5 opacity-70",
  attention: "h-4",
  blocked: "h-5",
  failed: "h-5",
};

/** Colour and height of a stretch: the worse the taller, so grey scale tells them apart; a gap is a dashed line. */
export const toneShape = (tone: Tone | null): string =>
  tone === null
    ? "h-0 border-t border-dashed border-line-strong"
    : `rounded-xs ${toneFill[tone]} ${heights[tone]}`;

import type { Tone } from "@/lib/domain/cluster/mark";

/** Text colour of a tone, readable (≥ 4.5:1) on every surface. */
export const toneText: Record<Tone, string> = {
  healthy: "text-healthy-text",
  progress: "text-progress-text",
  waiting: "text-waiting-text",
  attention: "text-attention-text",
  failed: "text-failed-text",
  blocked: "text-failed-text",
  suspended: "text-suspended-text",
  unknown: "text-unknown-text",
};

/** Solid fill of a tone, for bars. */
export const toneFill: Record<Tone, string> = {
  healthy: "bg-healthy",
  progress: "bg-progress",
  waiting: "bg-waiting",
  attention: "bg-attention",
  failed: "bg-failed",
  blocked: "bg-failed",
  suspended: "bg-suspended",
  unknown: "bg-unknown",
};

/** Soft background of a tone, for banners and map cells. */
export const toneSoft: Record<Tone, string> = {
  healthy: "bg-healthy-soft",
  progress: "bg-progress-soft",
  waiting: "bg-waiting-soft",
  attention: "bg-attention-soft",
  failed: "bg-failed-soft",
  blocked: "bg-failed-soft",
  suspended: "bg-suspended-soft",
  unknown: "bg-unknown-soft",
};

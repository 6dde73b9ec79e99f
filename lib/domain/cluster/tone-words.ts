import type { Tone } from "./mark.ts";

/** What a tone means for a cluster, where clusters are counted or filtered by it; in the order of the bar. */
export const toneWords: readonly { tone: Tone; word: string }[] = [
  { tone: "healthy", word: "Healthy" },
  { tone: "progress", word: "Moving" },
  { tone: "waiting", word: "Requested" },
  { tone: "attention", word: "Unhealthy or behind" },
  { tone: "blocked", word: "Blocked" },
  { tone: "failed", word: "Failed" },
  { tone: "suspended", word: "Suspended" },
  { tone: "unknown", word: "Unknown or unreachable" },
];

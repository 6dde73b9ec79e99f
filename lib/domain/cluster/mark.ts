/** Shape and colour of a state; the table is in components/status (look.md). */
export const tones = [
  "healthy",
  "progress",
  "waiting",
  "attention",
  "failed",
  "blocked",
  "suspended",
  "unknown",
] as const;
export type Tone = (typeof tones)[number];

/** State of one thing as shown: the word first, then shape and colour. */
export interface Mark {
  tone: Tone;
  word: string;
}

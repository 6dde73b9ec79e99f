import type { Tone } from "@/lib/domain/cluster/mark";
import { toneWords } from "@/lib/domain/cluster/tone-words";

/** Word of a stretch; where nothing was recorded it says so. */
export const toneWord = (tone: Tone | null): string =>
  tone === null ? "Not recorded" : (toneWords.find((one) => one.tone === tone)?.word ?? tone);

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { stepSchema } from "./fault-step.ts";

const noteSchema = z.object({
  /** The words that turned it on, e.g. `quota prod-weu-1`. */
  what: z.string(),
  since: z.string(),
  /** What turns it off. */
  undo: z.array(stepSchema),
});
export type FaultNote = z.infer<typeof noteSchema>;

const fileIn = (dir: string): string => join(dir, "faults.json");

/** The faults that are on in a demo, as this command turned them on; oldest first. */
export function readNotes(dir: string): FaultNote[] {
  if (!existsSync(fileIn(dir))) return [];
  return z.array(noteSchema).parse(JSON.parse(readFileSync(fileIn(dir), "utf8")));
}

/** Notes what is on now. */
export function writeNotes(dir: string, notes: readonly FaultNote[]): void {
  writeFileSync(fileIn(dir), JSON.stringify(notes, null, 2));
}

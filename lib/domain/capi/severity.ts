import type { Severity } from "../cluster/facts.ts";

/** The older conditions' and ASO's severity; anything else is none. */
export function parseSeverity(value: string | null | undefined): Severity | null {
  return value === "Error" || value === "Warning" || value === "Info" ? value : null;
}

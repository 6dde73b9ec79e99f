import { runChecks, type ChecksRun } from "../../changes/checks/run-checks.ts";
import { readChange } from "../../changes/read-change.ts";
import type { ChangeRecord } from "../../db/changes.ts";
import type { UseCaseContext } from "../context.ts";

/** How long a click waits for our own checks to be written (decisions §1). */
const deadlineMs = 10_000;

/** Reads the change back and, while it is open, recomputes our checks; null checks: not written in time. */
export async function refreshChange(
  { world }: UseCaseContext,
  number: number,
): Promise<{ change: ChangeRecord | null; checks: ChecksRun | null }> {
  const change = await readChange(world, number);
  if (change?.state !== "open") return { change, checks: null };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      resolve(null);
    }, deadlineMs);
  });
  try {
    return { change, checks: await Promise.race([runChecks(world, change), late]) };
  } finally {
    clearTimeout(timer);
  }
}

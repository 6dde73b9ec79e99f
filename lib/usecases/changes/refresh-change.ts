import { runChecks } from "../../changes/checks/run-checks.ts";
import { readChange } from "../../changes/read-change.ts";
import type { ChangeCheckData, ChangeRecord } from "../../db/changes.ts";
import type { UseCaseContext } from "../context.ts";

/** How long a click waits for our own checks to be written (decisions §1). */
const deadlineMs = 10_000;

/** A change as the forge has it now; checks are null where they were not written in time, or there is none to write. */
export interface Refreshed {
  change: ChangeRecord | null;
  checks: ChangeCheckData[] | null;
}

/**
 * Reads the change back after a deed that is done, as well as the forge lets us: what fails here is not the deed, and
 * the engine reads it later.
 */
export async function showAfterwards(ctx: UseCaseContext, number: number): Promise<void> {
  await refreshChange(ctx, number).catch((error: unknown) => {
    ctx.world.log.warn({ error: String(error), change: number }, "a change could not be read back at once");
  });
}

/** Reads the change back and, while it is open, recomputes our checks for its head and the base as it is now. */
export async function refreshChange({ world }: UseCaseContext, number: number): Promise<Refreshed> {
  const change = await readChange(world, number);
  if (change?.state !== "open") return { change, checks: null };
  const running = runChecks(world, change);
  // Late is not wrong: the work goes on, and its failure is the engine's to note.
  running.catch((error: unknown) => {
    world.log.warn({ error: String(error), change: number }, "checks of a change could not be written");
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      resolve(null);
    }, deadlineMs);
  });
  try {
    return { change, checks: await Promise.race([running, late]) };
  } finally {
    clearTimeout(timer);
  }
}

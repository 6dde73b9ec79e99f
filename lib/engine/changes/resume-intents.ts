import type { ChangeWorld } from "../../changes/change-world.ts";
import { fleetConfigAt, teamMembers } from "../../changes/checks/rule-inputs.ts";
import { ensureChange } from "../../changes/ensure-change.ts";
import { markIntentFailed, unfinishedIntents, type IntentRow } from "../../db/intents.ts";

/** The person's own request is still under way for so long. */
const graceMs = 60_000;
/** After so long nobody expects the pull request any more. */
const lapseMs = 24 * 3_600_000;

/**
 * Finishes what a crash left between the click and the pull request: as the App, in the name of who asked, if he still
 * may ask (decisions §1). One that cannot be finished now keeps neither the others nor the pass waiting.
 */
export async function resumeIntents(world: ChangeWorld, head: string): Promise<void> {
  const { db, repository } = world;
  for (const intent of await unfinishedIntents(db, repository.id)) {
    try {
      await resume(world, head, intent);
    } catch (error) {
      world.log.warn({ intent: intent.id, error: String(error) }, "an intent could not be resumed");
    }
  }
}

async function resume(world: ChangeWorld, head: string, intent: IntentRow): Promise<void> {
  const { db, asApp, repository, log } = world;
  const age = world.now().getTime() - intent.createdAt.getTime();
  if (age < graceMs) return;
  if (age > lapseMs || !(await mayStillAsk(world, head, intent.login))) {
    const error = "It was not opened in time, or its requester may no longer ask.";
    await markIntentFailed(db, intent.id, error, true);
    return;
  }
  const result = await ensureChange({ db, intent, forge: asApp, repository });
  if (!result.ok) log.warn({ intent: intent.id, error: result.message }, "an intent could not be resumed");
}

async function mayStillAsk(world: ChangeWorld, head: string, login: string): Promise<boolean> {
  const { access } = await fleetConfigAt(world.mirror, head);
  const teams = [...access.roles.requester, ...access.roles["platform-engineer"]];
  for (const team of teams) {
    const members = await teamMembers(world, team);
    if (members.some((member) => member.toLowerCase() === login.toLowerCase())) return true;
  }
  return false;
}

import type { Actor } from "../domain/access/actor.ts";
import { fail, type Result } from "../domain/result.ts";
import { services } from "./services.ts";
import { currentActor } from "./session.ts";

/**
 * Runs what whoever is signed in may ask without the forge. What is expected comes back as a failure; anything else is
 * logged under the name and answered with a sentence that blames us, `unchanged` said in it where nothing was.
 */
export async function runSignedIn<T>(
  name: string,
  unchanged: boolean,
  run: (actor: Actor) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    const actor = await currentActor();
    if (!actor) return fail("unauthenticated", "You are signed out. Sign in again.");
    return await run(actor);
  } catch (error) {
    services().log.error({ err: error, useCase: name }, "a use case failed unexpectedly");
    const next = unchanged ? "Nothing was changed; try again in a moment." : "Try again in a moment.";
    return fail("unavailable", `Fleetwright failed, not you. ${next}`);
  }
}

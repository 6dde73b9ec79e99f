import { fail, type Result } from "../domain/result.ts";
import type { SettingsContext } from "../usecases/settings/retry-job.ts";
import { services } from "./services.ts";
import { currentActor } from "./session.ts";

/** Runs a use case of Settings for whoever is signed in; it needs no answer of the forge. */
export async function runSettingsUseCase<T>(
  useCase: (ctx: SettingsContext, input: unknown) => Promise<Result<T>>,
  input: unknown,
): Promise<Result<T>> {
  const { db, env, clock, log } = services();
  try {
    const actor = await currentActor();
    if (!actor) return fail("unauthenticated", "You are signed out. Sign in again.");
    const databaseUrl = env.DATABASE_DIRECT_URL ?? env.DATABASE_URL;
    return await useCase({ actor, now: clock.now(), db, databaseUrl }, input);
  } catch (error) {
    log.error({ err: error, useCase: useCase.name }, "a use case failed unexpectedly");
    return fail("unavailable", "Fleetwright failed, not you. Nothing was changed; try again in a moment.");
  }
}

import { fail, type Result } from "../domain/result.ts";
import type { ViewsContext } from "../usecases/views/context.ts";
import { services } from "./services.ts";
import { currentActor } from "./session.ts";

/** Runs a use case on what a person keeps for himself. */
export async function runViewsUseCase<T>(
  useCase: (ctx: ViewsContext, input: unknown) => Promise<Result<T>>,
  input: unknown,
): Promise<Result<T>> {
  const { db, log } = services();
  try {
    const actor = await currentActor();
    if (!actor) return fail("unauthenticated", "You are signed out. Sign in again.");
    return await useCase({ actor, db }, input);
  } catch (error) {
    log.error({ err: error, useCase: useCase.name }, "a use case failed unexpectedly");
    return fail("unavailable", "Fleetwright failed, not you. Nothing was changed; try again in a moment.");
  }
}

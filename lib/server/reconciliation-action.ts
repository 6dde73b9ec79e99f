import { fail, type Result } from "../domain/result.ts";
import type { ReconciliationContext } from "../usecases/reconciliation/context.ts";
import { services } from "./services.ts";
import { currentActor } from "./session.ts";

/** An API server has its deadline of 10 s; the person waits a little less, and is told. */
const waitMs = 9_000;

/** Runs a use case that goes by the engine, for whoever is signed in; it needs no answer of the forge. */
export async function runReconciliationUseCase<T>(
  useCase: (ctx: ReconciliationContext, input: unknown) => Promise<Result<T>>,
  input: unknown,
): Promise<Result<T>> {
  const { db, clock, log } = services();
  try {
    const actor = await currentActor();
    if (!actor) return fail("unauthenticated", "You are signed out. Sign in again.");
    return await useCase({ actor, now: clock.now(), db, waitMs }, input);
  } catch (error) {
    log.error({ err: error, useCase: useCase.name }, "a use case failed unexpectedly");
    return fail("unavailable", "Fleetwright failed, not you. Try again in a moment.");
  }
}

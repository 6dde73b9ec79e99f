import type { Result } from "../domain/result.ts";
import type { ReconciliationContext } from "../usecases/reconciliation/context.ts";
import { runSignedIn } from "./run-signed-in.ts";
import { services } from "./services.ts";

/** An API server has its deadline of 10 s; the person waits a little less, and is told. */
const waitMs = 9_000;

/** Runs a use case that goes by the engine, for whoever is signed in; it needs no answer of the forge. */
export async function runReconciliationUseCase<T>(
  useCase: (ctx: ReconciliationContext, input: unknown) => Promise<Result<T>>,
  input: unknown,
): Promise<Result<T>> {
  return runSignedIn(useCase.name, false, (actor) => {
    const { db, clock } = services();
    return useCase({ actor, now: clock.now(), db, waitMs }, input);
  });
}

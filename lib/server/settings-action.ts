import type { Result } from "../domain/result.ts";
import type { SettingsContext } from "../usecases/settings/retry-job.ts";
import { runSignedIn } from "./run-signed-in.ts";
import { services } from "./services.ts";

/** Runs a use case of Settings for whoever is signed in; it needs no answer of the forge. */
export async function runSettingsUseCase<T>(
  useCase: (ctx: SettingsContext, input: unknown) => Promise<Result<T>>,
  input: unknown,
): Promise<Result<T>> {
  return runSignedIn(useCase.name, true, (actor) => {
    const { db, env, clock } = services();
    return useCase(
      { actor, now: clock.now(), db, databaseUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL },
      input,
    );
  });
}

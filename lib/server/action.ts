import { fail, type Failure, type Result } from "../domain/result.ts";
import { scrubText } from "../domain/scrub-text.ts";
import type { UseCaseContext } from "../usecases/context.ts";
import { failureOf } from "../usecases/failure-of.ts";
import { SignInAgain, userToken } from "./auth/tokens.ts";
import { changeWorld } from "./change-world.ts";
import { DatabaseAway } from "./database-away.ts";
import { services } from "./services.ts";
import { currentActor } from "./session.ts";

type UseCase<T> = (ctx: UseCaseContext, input: unknown) => Promise<Result<T>>;

/**
 * Runs a use case for whoever is signed in: the whole body of a server action. What is expected comes back as a
 * failure; anything else is logged and answered with a sentence that blames us and gives nothing away.
 */
export async function runUseCase<T>(useCase: UseCase<T>, input: unknown): Promise<Result<T>> {
  const { db, seal, env, clock, log, asPerson, asAppForPerson } = services();
  try {
    const actor = await currentActor();
    if (!actor) return fail("unauthenticated", "You are signed out. Sign in again; what you typed is kept.");
    if (actor.roles.length === 0) return fail("forbidden", "You have no role in this fleet.");
    const token = await userToken(db, seal, env, actor.userId);
    const result = await useCase(
      {
        actor,
        now: clock.now(),
        world: { ...(await changeWorld()), asApp: asAppForPerson },
        asPerson: asPerson(token),
      },
      input,
    );
    return result.ok ? result : withoutSecrets(result);
  } catch (error) {
    if (error instanceof SignInAgain) {
      return fail("unauthenticated", error.message, { cureUrl: "/sign-in?error=SignInAgain" });
    }
    const known = failureBefore(error, env.FORGE_URL);
    if (known) return known;
    log.error({ err: error, useCase: useCase.name }, "a use case failed unexpectedly");
    return fail("unavailable", "Fleetwright failed, not you. Nothing was lost; try again in a moment.");
  }
}

/** What failed before the use case began: the forge (a token's refresh) or the database. */
function failureBefore(error: unknown, webUrl: string): Failure | null {
  try {
    return failureOf(error instanceof DatabaseAway ? error.cause : error, { repository: { webUrl } });
  } catch {
    return null;
  }
}

/** A forge's own words are passed on, and a forge, or a proxy before it, may repeat what it was sent. */
function withoutSecrets(failure: Failure): Failure {
  return { ...failure, message: scrubText(failure.message) };
}

import type { Result } from "../domain/result.ts";
import type { ViewsContext } from "../usecases/views/context.ts";
import { runSignedIn } from "./run-signed-in.ts";
import { services } from "./services.ts";

/** Runs a use case on what a person keeps for himself. */
export async function runViewsUseCase<T>(
  useCase: (ctx: ViewsContext, input: unknown) => Promise<Result<T>>,
  input: unknown,
): Promise<Result<T>> {
  return runSignedIn(useCase.name, true, (actor) => {
    const { db } = services();
    return useCase({ actor, db }, input);
  });
}

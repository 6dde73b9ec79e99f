import type { Result } from "../../domain/result.ts";
import type { UseCaseContext } from "../context.ts";
import { decide, type Decided } from "./decide.ts";
import { mergeAs } from "./merge-as.ts";

/** Merges as the person, after our checks were recomputed for this head and base. */
export async function mergeChange(ctx: UseCaseContext, input: unknown): Promise<Result<Decided>> {
  return decide(ctx, input, ["merge"], (decision) => mergeAs(ctx, decision));
}

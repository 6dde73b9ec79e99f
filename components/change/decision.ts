import type { Result } from "@/lib/domain/result";
import type { ChangeAction } from "@/lib/queries/views";

/** What a decision is about: this head and no later one, so that nobody approves what he has not read. */
interface DecisionInput {
  number: number;
  headSha: string;
  /** Why changes are asked for, or why it is closed. */
  comment?: string;
}

/** Server actions behind the buttons; each acts as the signed-in person. */
export type DecisionActions = Record<ChangeAction, (input: DecisionInput) => Promise<Result<unknown>>>;

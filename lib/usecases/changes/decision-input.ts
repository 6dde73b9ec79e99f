import { z } from "zod";

/** A decision about one pull request, taken on the head the person saw. */
export const DecisionInput = z.object({
  number: z.int().positive(),
  headSha: z.string().regex(/^[0-9a-f]{40,64}$/, "reload the page"),
  comment: z.string().max(10_000, "at most 10,000 characters").optional(),
});
export type DecisionInput = z.infer<typeof DecisionInput>;

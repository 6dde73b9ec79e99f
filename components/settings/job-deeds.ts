import type { Result } from "@/lib/domain/result";

type Deed = (input: { id: string }) => Promise<Result<unknown>>;

/** The server actions of a dead letter: what is behind Retry and behind Discard. */
export interface JobDeeds {
  retry: Deed;
  discard: Deed;
}

import type { Result } from "@/lib/domain/result";

/** The server action behind Retry. */
export type RetryJob = (input: { id: string }) => Promise<Result<unknown>>;

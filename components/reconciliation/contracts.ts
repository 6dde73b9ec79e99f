import type { Result } from "@/lib/domain/result";

/** The server action that has objects reconciled now. */
export type Reconcile = (input: {
  ids: string[];
  behind?: boolean;
}) => Promise<Result<{ asked: number; failed: { name: string; reason: string }[] }>>;

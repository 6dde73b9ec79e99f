import type { CostEstimate } from "@/lib/domain/fleet/prices";
import type { RequestCheck } from "@/lib/domain/repository/cluster-request";
import type { Result } from "@/lib/domain/result";

export type Values = Record<string, unknown>;

/** What a submission would do, as the server judges it. */
export interface Preview {
  files: { path: string; content: string; note: string | null }[];
  /** Field path inside the parameters (`name`, `pools.0.size`) → sentence. */
  errors: Record<string, string>;
  checks: RequestCheck[];
  cost: CostEstimate;
  opens: string;
}

export type PreviewAction = (input: { template: string; parameters: Values }) => Promise<Result<Preview>>;

export type CreateAction = (input: {
  template: string;
  parameters: Values;
  idempotencyKey: string;
}) => Promise<Result<{ number: number }>>;

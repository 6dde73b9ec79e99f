import type { CostEstimate } from "../../domain/fleet/prices.ts";
import type { RequestCheck } from "../../domain/repository/cluster-request.ts";
import { describeFile } from "../../domain/repository/describe-files.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { UseCaseContext } from "../context.ts";
import { failureOf } from "../failure-of.ts";
import { ClusterRequestInput } from "./cluster-request-input.ts";
import { planCluster } from "./plan-cluster.ts";

export interface ClusterPreview {
  files: { path: string; content: string; note: string | null }[];
  /** Field path inside the parameters → sentence. */
  errors: Record<string, string>;
  checks: RequestCheck[];
  cost: CostEstimate;
  suggestions: string[];
  /** Who would open the pull request, in words. */
  opens: string;
}

/** What a submission would do, while the form is filled in; wrong fields are part of the answer, not a failure. */
export async function previewCluster(ctx: UseCaseContext, input: unknown): Promise<Result<ClusterPreview>> {
  const parsed = ClusterRequestInput.safeParse(input);
  if (!parsed.success) return fail("invalid", parsed.error.issues[0]?.message ?? "The form cannot be read.");
  try {
    const planned = await planCluster(ctx, parsed.data);
    if (!planned.ok) return planned;
    const { verdict, files } = planned.value;
    return ok({
      files: Object.entries(files).map(([path, content]) => ({
        path,
        content,
        note: describeFile({ path, base: null, head: content }),
      })),
      errors: verdict.errors,
      checks: verdict.checks,
      cost: verdict.cost,
      suggestions: verdict.suggestions,
      opens: `Opens one pull request with one commit of ${String(Object.keys(files).length)} files.`,
    });
  } catch (error) {
    return failureOf(error, ctx.world);
  }
}

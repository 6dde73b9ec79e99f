import { findCommit } from "@/lib/queries/find-commit";
import { viewResponse } from "@/lib/server/api";

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ sha: string }> },
): Promise<Response> {
  const { sha } = await params;
  return viewResponse((ctx) => findCommit(ctx, sha));
}

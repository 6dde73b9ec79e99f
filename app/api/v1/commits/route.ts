import { loadCommitListParams } from "@/lib/client/commit-list-params";
import { listCommits } from "@/lib/queries/list-commits";
import { viewResponse } from "@/lib/server/api";

export const GET = (request: Request): Promise<Response> =>
  viewResponse((ctx) => listCommits(ctx, loadCommitListParams(request)));

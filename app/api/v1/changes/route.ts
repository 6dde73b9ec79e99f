import { loadChangeListParams } from "@/lib/client/change-list-params";
import { listChanges } from "@/lib/queries/list-changes";
import { viewResponse } from "@/lib/server/api";

export const GET = (request: Request): Promise<Response> =>
  viewResponse((ctx) => listChanges(ctx, loadChangeListParams(request)));

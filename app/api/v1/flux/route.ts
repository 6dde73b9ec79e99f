import { loadFluxListParams } from "@/lib/client/flux-list-params";
import { listFlux } from "@/lib/queries/list-flux";
import { viewResponse } from "@/lib/server/api";

export const GET = (request: Request): Promise<Response> =>
  viewResponse((ctx) => listFlux(ctx, loadFluxListParams(request)));

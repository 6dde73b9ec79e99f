import { loadAuditParams } from "@/lib/client/audit-params";
import { listAudit } from "@/lib/queries/list-audit";
import { viewResponse } from "@/lib/server/api";

export const GET = (request: Request): Promise<Response> =>
  viewResponse((ctx) => listAudit(ctx, loadAuditParams(request)));

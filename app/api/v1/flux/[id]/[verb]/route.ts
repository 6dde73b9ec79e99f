import { resultResponse } from "@/lib/server/api";
import { runReconciliationUseCase } from "@/lib/server/reconciliation-action";
import { lookAtObject } from "@/lib/usecases/reconciliation/look-at-object";

/** What the API server says of the object now: `object`, or `events`. Asked through the engine, so it may take seconds. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string; verb: string }> },
): Promise<Response> {
  return resultResponse(await runReconciliationUseCase(lookAtObject, await params));
}

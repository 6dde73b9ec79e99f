import { findFlux } from "@/lib/queries/find-flux";
import { viewResponse } from "@/lib/server/api";

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return viewResponse((ctx) => findFlux(ctx, id));
}

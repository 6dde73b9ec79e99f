import { findChange } from "@/lib/queries/find-change";
import { failureResponse, viewResponse } from "@/lib/server/api";

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ number: string }> },
): Promise<Response> {
  const { number } = await params;
  if (!/^[1-9]\d{0,8}$/.test(number))
    return failureResponse("not-found", "A change's address ends with its number.");
  return viewResponse((ctx) => findChange(ctx, Number(number)));
}

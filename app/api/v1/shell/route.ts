import { getShell } from "@/lib/queries/shell";
import { viewResponse } from "@/lib/server/api";

export const GET = (): Promise<Response> => viewResponse(getShell);

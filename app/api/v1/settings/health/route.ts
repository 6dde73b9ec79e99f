import { getHealth } from "@/lib/queries/health";
import { viewResponse } from "@/lib/server/api";

export const GET = (): Promise<Response> => viewResponse(getHealth);

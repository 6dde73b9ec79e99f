import { getFleetOverview } from "@/lib/queries/fleet-overview";
import { viewResponse } from "@/lib/server/api";

export const GET = (): Promise<Response> => viewResponse(getFleetOverview);

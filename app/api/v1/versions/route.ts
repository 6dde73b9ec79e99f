import { getVersionMatrix } from "@/lib/queries/version-matrix";
import { viewResponse } from "@/lib/server/api";

export const GET = (): Promise<Response> => viewResponse(getVersionMatrix);

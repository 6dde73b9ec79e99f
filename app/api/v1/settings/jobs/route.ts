import { getJobs } from "@/lib/queries/list-jobs";
import { viewResponse } from "@/lib/server/api";

export const GET = (): Promise<Response> => viewResponse(getJobs);

import { viewResponse } from "@/lib/server/api";
import { readPeople } from "@/lib/server/people";

export const GET = (): Promise<Response> => viewResponse(readPeople);

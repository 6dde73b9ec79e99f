import { listViews } from "@/lib/queries/list-views";
import { viewResponse } from "@/lib/server/api";

export const GET = (): Promise<Response> => viewResponse((ctx) => listViews(ctx, "clusters"));

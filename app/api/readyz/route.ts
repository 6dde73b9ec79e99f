import { readiness } from "@/lib/server/readiness";

export const dynamic = "force-dynamic";

/** 200 once the database answers and the first sync is done; 503 with what is missing before. */
export async function GET(): Promise<Response> {
  const missing = await readiness();
  return Response.json(
    { ready: missing.length === 0, missing },
    { status: missing.length === 0 ? 200 : 503 },
  );
}

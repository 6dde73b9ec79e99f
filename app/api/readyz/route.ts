import { readiness } from "@/lib/server/readiness";

export const dynamic = "force-dynamic";

/** 200 once the database answers and a sync is done; 503 with what is missing before, and while it stops. */
export async function GET(): Promise<Response> {
  const found = await readiness();
  const ready = found.missing.length === 0;
  return Response.json({ ready, ...found }, { status: ready ? 200 : 503 });
}

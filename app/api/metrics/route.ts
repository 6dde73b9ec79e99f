import { metrics } from "@/lib/server/metrics";

export const dynamic = "force-dynamic";

/** Prometheus metrics of this process. They name no cluster and no person, so they need no session. */
export async function GET(): Promise<Response> {
  const { registry } = metrics();
  return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
}

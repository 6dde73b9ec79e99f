import { answerFluxEvent } from "@/lib/server/flux-receiver";

export const dynamic = "force-dynamic";

/** Events of Flux's notification-controller (Provider `generic-hmac`). */
export const POST = (request: Request): Promise<Response> => answerFluxEvent(request);

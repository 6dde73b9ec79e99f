import { takeForgeWebhook } from "@/lib/server/forge-webhook";

export const dynamic = "force-dynamic";

/** Deliveries of the forge. 2xx only when noted: an error shows in the forge's list of deliveries, for redelivery. */
export const POST = (request: Request): Promise<Response> => takeForgeWebhook(request);

import type { FailureCode, Result } from "../domain/result.ts";
import type { ReadContext } from "../queries/context.ts";
import { services } from "./services.ts";
import { findReadContext } from "./session.ts";

const statusOf: Record<FailureCode, number> = {
  invalid: 422,
  "not-found": 404,
  forbidden: 403,
  conflict: 409,
  "rate-limited": 429,
  unavailable: 503,
  unauthenticated: 401,
  terminal: 500,
};

/** An error answer of our API: `{code, message}` with the status of the table above. */
export function failureResponse(code: FailureCode, message: string): Response {
  const status = statusOf[code];
  const later: Record<string, string> = status === 503 ? { "retry-after": "5" } : {};
  return Response.json({ code, message }, { status, headers: { "cache-control": "no-store", ...later } });
}

/** Answers a view as JSON to whoever may see it; null means not there (or not for him). */
export async function viewResponse<T>(read: (ctx: ReadContext) => Promise<T | null>): Promise<Response> {
  try {
    const ctx = await findReadContext();
    if (ctx === "signed-out") return failureResponse("unauthenticated", "You are signed out. Sign in again.");
    if (ctx === "no-role") return failureResponse("forbidden", "You have no role in this fleet.");
    const view = await read(ctx);
    if (view === null)
      return failureResponse("not-found", "There is nothing here, or it is not yours to see.");
    return Response.json(view, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return unreadResponse(error);
  }
}

/** Answers a file to whoever may see what is in it. */
export async function fileResponse(
  { name, type }: { name: string; type: string },
  read: (ctx: ReadContext) => Promise<string>,
): Promise<Response> {
  try {
    const ctx = await findReadContext();
    if (ctx === "signed-out") return failureResponse("unauthenticated", "You are signed out. Sign in again.");
    if (ctx === "no-role") return failureResponse("forbidden", "You have no role in this fleet.");
    const headers = { "content-type": type, "content-disposition": `attachment; filename="${name}"` };
    return new Response(await read(ctx), { headers: { ...headers, "cache-control": "no-store" } });
  } catch (error) {
    return unreadResponse(error);
  }
}

/** Answers what a use case came to, as JSON. */
export function resultResponse(result: Result<unknown>): Response {
  if (!result.ok) return failureResponse(result.code, result.message);
  return Response.json(result.value ?? null, { headers: { "cache-control": "no-store" } });
}

/** What could not be read since the database does not answer: 503, and when to ask again. */
export function unreadResponse(error: unknown): Response {
  services().log.error({ err: error }, "a view could not be read");
  return failureResponse(
    "unavailable",
    "Fleetwright could not read its database. It is tried again by itself.",
  );
}

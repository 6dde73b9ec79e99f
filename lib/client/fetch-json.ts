import { ApiError } from "./api-error.ts";

/**
 * GET of our own API. Throws {@link ApiError} with the server's sentence, or with one of our own where the
 * server gave none or could not be reached.
 */
export async function fetchJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    headers: { accept: "application/json" },
    signal: signal ?? null,
  }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(0, "unavailable", "Fleetwright did not answer. It is tried again by itself.");
  });
  if (response.ok) return (await response.json()) as T;
  throw toError(response.status, await response.json().catch(() => null));
}

function toError(status: number, body: unknown): ApiError {
  const { code, message } = parseFailure(body);
  return new ApiError(
    status,
    code ?? String(status),
    message ?? `Fleetwright answered with status ${status}.`,
  );
}

function parseFailure(body: unknown): { code?: string; message?: string } {
  if (typeof body !== "object" || body === null) return {};
  if ("error" in body && typeof body.error === "object") return parseFailure(body.error);
  return {
    code: "code" in body && typeof body.code === "string" ? body.code : undefined,
    message: "message" in body && typeof body.message === "string" ? body.message : undefined,
  };
}

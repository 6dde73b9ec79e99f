/** An answer of the API server that is no success; carries the `Status` it sent. */
export class ApiError extends Error {
  /** HTTP status. */
  readonly status: number;
  /** Machine-readable reason, e.g. `NotFound`, `Conflict`, `Expired`; empty when none was sent. */
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.reason = reason;
  }

  /** Reads a response body that should be a `Status`, but may be anything. */
  static fromBody(status: number, text: string): ApiError {
    try {
      const body: unknown = JSON.parse(text);
      if (typeof body === "object" && body !== null) {
        const { reason, message } = body as { reason?: unknown; message?: unknown };
        const said = typeof message === "string" && message !== "" ? message : `HTTP ${String(status)}`;
        return new ApiError(status, typeof reason === "string" ? reason : "", said);
      }
    } catch {
      // Not JSON: a proxy or a dying server; the text is all there is.
    }
    return new ApiError(status, "", text.trim() || `HTTP ${String(status)}`);
  }
}

/** Whether the object is not there (or its kind is unknown to the server). */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** Whether somebody else wrote first, or the object exists already. */
export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409;
}

/** Whether a resourceVersion is too old to go on from: list again. */
export function isExpired(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 410 || error.reason === "Expired");
}

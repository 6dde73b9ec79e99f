import { z } from "zod";

const statusSchema = z.object({
  message: z.string().optional(),
  reason: z.string().optional(),
  code: z.number().optional(),
});

/** What an API server answered instead of what was asked, or (status 0) why it did not answer. */
export class KubeApiError extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "KubeApiError";
    this.status = status;
    this.reason = reason;
  }

  /** The list or watch is too old: list again. */
  get expired(): boolean {
    return this.status === 410 || this.reason === "Expired" || this.reason === "Gone";
  }

  /** Our credentials are refused. */
  get unauthorized(): boolean {
    return this.status === 401;
  }

  get forbidden(): boolean {
    return this.status === 403;
  }

  /** The API server did not answer, in contrast to refusing. */
  get silent(): boolean {
    return this.status === 0;
  }
}

/** From a Status object, as an answer's body or a watch's ERROR event has it. */
export function errorFromStatus(value: unknown, httpStatus: number): KubeApiError {
  const parsed = statusSchema.safeParse(value);
  const { message, reason, code } = parsed.success ? parsed.data : {};
  return new KubeApiError(
    code ?? httpStatus,
    reason ?? "",
    message ?? `the API server answered ${httpStatus}`,
  );
}

/** From whatever fetch threw: `connect ECONNREFUSED …`, a deadline, a broken TLS handshake. */
export function errorFromCause(cause: unknown): KubeApiError {
  if (cause instanceof KubeApiError) return cause;
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const timedOut = inner instanceof Error && (inner.name === "TimeoutError" || /timeout/i.test(inner.name));
  const text = inner instanceof Error ? inner.message || inner.name : String(inner);
  return new KubeApiError(
    0,
    timedOut ? "Timeout" : "Unreachable",
    timedOut ? "no answer within the deadline" : text,
    {
      cause,
    },
  );
}

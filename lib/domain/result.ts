/** Who is at fault and what the caller may do about it; one table gives HTTP status and tone (lib/server/action). */
export type FailureCode =
  | "invalid"
  | "not-found"
  | "forbidden"
  | "conflict"
  | "rate-limited"
  | "unavailable"
  | "unauthenticated"
  | "terminal";

export interface Failure {
  ok: false;
  code: FailureCode;
  /** What happened, where, what is allowed, what next: one or two sentences for the person. */
  message: string;
  /** Beside the field: path of the input (`parameters.name`) → sentence. */
  fieldErrors?: Record<string, string>;
  /** Seconds after which trying again makes sense. */
  retryAfterSeconds?: number;
  /** Page of the forge where the person himself can lift the refusal (SAML); checked, fit to be a link. */
  cureUrl?: string;
}

export type Result<T> = { ok: true; value: T } | Failure;

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (
  code: FailureCode,
  message: string,
  more: Omit<Failure, "ok" | "code" | "message"> = {},
): Failure => ({
  ok: false,
  code,
  message,
  ...more,
});

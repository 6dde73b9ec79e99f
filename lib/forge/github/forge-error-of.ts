import type { FailureCode } from "../../domain/result.ts";
import { ForgeError } from "../forge.ts";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** Octokit's RequestError as we read it; `response` is absent when no answer came (forge-reference §10). */
interface HttpFailure extends Error {
  status: number;
  response?: { data: unknown; headers: Record<string, unknown> };
}

/** Whether Octokit threw this for an answer, or for the lack of one. */
export function isHttpFailure(error: unknown): error is HttpFailure {
  return (
    error instanceof Error &&
    error.name === "HttpError" &&
    "status" in error &&
    typeof error.status === "number"
  );
}

/** The forge's sentences: `message`, then each of `errors` (objects or strings: forge-reference §1). */
function sentencesIn(data: unknown): string[] {
  if (typeof data === "string") return [data.slice(0, 500)];
  if (!isRecord(data)) return [];
  const errors: unknown[] = Array.isArray(data["errors"]) ? data["errors"] : [];
  return [data["message"], ...errors].flatMap((entry) => {
    if (typeof entry === "string") return [entry];
    if (!isRecord(entry)) return [];
    if (typeof entry["message"] === "string") return [entry["message"]];
    return [
      [entry["resource"], entry["field"], entry["code"]].filter((part) => typeof part === "string").join(" "),
    ];
  });
}

/** Seconds to wait: `Retry-After`, else the reset of the primary limit, else a minute (forge-reference §2.1). */
function retryAfter(headers: Record<string, unknown>, now: number): number {
  const given = Number(headers["retry-after"]);
  if (Number.isFinite(given) && given > 0) return given;
  const reset = Number(headers["x-ratelimit-reset"]);
  if (headers["x-ratelimit-remaining"] === "0" && Number.isFinite(reset))
    return Math.max(1, Math.ceil(reset - now / 1000));
  return 60;
}

const table: Record<number, [FailureCode, string]> = {
  400: ["invalid", "The forge did not understand the request"],
  401: ["unauthenticated", "The forge no longer accepts your sign-in. Sign in again"],
  403: ["forbidden", "The forge refuses this"],
  404: ["not-found", "The forge has no such thing, or does not show it to this account"],
  409: ["conflict", "The forge says that something changed meanwhile"],
  410: ["not-found", "The forge says that it is gone"],
  422: ["invalid", "The forge refuses the input"],
  451: ["terminal", "The repository is blocked on the forge"],
};

/** Turns whatever Octokit threw into a {@link ForgeError}; errors that are not the forge's are thrown on. */
export function forgeErrorOf(error: unknown, now: number = Date.now()): ForgeError {
  if (error instanceof ForgeError) return error;
  if (!isHttpFailure(error)) throw error;
  const { response, status } = error;
  if (!response) {
    return new ForgeError("unavailable", "The forge cannot be reached.", {
      status: 0,
      details: [error.message],
      cause: error,
    });
  }
  const details = sentencesIn(response.data);
  const said = details.join("; ");
  const { headers } = response;
  const limited =
    status === 429 ||
    (status === 403 &&
      (headers["x-ratelimit-remaining"] === "0" || /rate limit|abuse detection/i.test(said)));
  if (limited) {
    const seconds = retryAfter(headers, now);
    const message = `The forge asks us to slow down. Try again in ${String(seconds)} seconds.`;
    return new ForgeError("rate-limited", message, {
      status,
      details,
      retryAfterSeconds: seconds,
      cause: error,
    });
  }
  if (status >= 500) {
    return new ForgeError("unavailable", `The forge is in trouble (${String(status)}).`, {
      status,
      details,
      cause: error,
    });
  }
  const sso =
    typeof headers["x-github-sso"] === "string" ? " Your organisation asks for single sign-on first." : "";
  const [code, sentence] = table[status] ?? ["terminal", `The forge answered ${String(status)}`];
  const message = status === 401 ? `${sentence}.` : `${sentence}${said === "" ? "" : `: ${said}`}.${sso}`;
  return new ForgeError(code, message.replace(/\.\.$/, "."), { status, details, cause: error });
}

import type { FailureCode } from "../../domain/result.ts";
import { ForgeError } from "../forge.ts";
import { missingScope } from "./missing-scope.ts";
import { isLimit, quietSeconds, retryAfterOf } from "./retry-after.ts";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** Octokit's RequestError as we read it; `response` is absent when no answer came (forge-reference §10). */
interface HttpFailure extends Error {
  status: number;
  request?: { url: string };
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

/** Octokit's header record as a reader. */
const reading = (headers: Record<string, unknown>): Pick<Headers, "get"> => ({
  get: (name) => {
    const value = headers[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : null;
  },
});

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

/** GitHub says so with 422 when a tree took it too long (forge-reference §2.4). */
const isTimeOut = (status: number, said: string): boolean =>
  status === 422 && /request timed out/i.test(said);

/** Where a person grants his token access to an organisation under SAML; null where that is not what lacks. */
function cureOf(sso: string | null): string | null {
  const url = /^required;\s*url=(\S+)/.exec(sso ?? "")?.[1];
  // It becomes a link on a page: nothing but the web.
  return url !== undefined && /^https?:\/\//.test(url) ? url : null;
}

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
  const headers = reading(response.headers);
  if (isLimit(status, headers, said)) {
    const seconds = quietSeconds(headers, now);
    const message = `The forge asks us to slow down. Try again in ${String(seconds)} seconds.`;
    return new ForgeError("rate-limited", message, {
      status,
      details,
      retryAfterSeconds: seconds,
      cause: error,
    });
  }
  if (status >= 500 || isTimeOut(status, said)) {
    return new ForgeError("unavailable", `The forge is in trouble (${String(status)}).`, {
      status,
      details,
      retryAfterSeconds: retryAfterOf(headers, now),
      cause: error,
    });
  }
  const cureUrl = cureOf(headers.get("x-github-sso"));
  if (cureUrl !== null) {
    const message = `Your organisation asks for single sign-on first: ${cureUrl} (the link is good for an hour).`;
    return new ForgeError("forbidden", message, { status, details, cureUrl, cause: error });
  }
  const scope = missingScope(status, headers, error.request?.url ?? "");
  if (scope !== null) {
    const message = `Your sign-in no longer grants Fleetwright the scope ${scope} on the forge. Sign in again and grant it.`;
    return new ForgeError("forbidden", message, { status, details, missingScope: scope, cause: error });
  }
  const [code, sentence] = table[status] ?? ["terminal", `The forge answered ${String(status)}`];
  const message = status === 401 ? `${sentence}.` : `${sentence}${said === "" ? "" : `: ${said}`}.`;
  return new ForgeError(code, message.replace(/\.\.$/, "."), { status, details, cause: error });
}

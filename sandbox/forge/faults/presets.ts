import { ApiError } from "../http/api-error.ts";

/** What a fault answers in place of the handler. */
export interface FaultAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

const presets = [
  "primary-limit",
  "secondary-limit",
  "saml",
  "bad-credentials",
  "not-accessible",
  "blocked",
  "server-error",
  "unicorn",
  "proxy-page",
] as const;
type Preset = (typeof presets)[number];

/** Whether this names one of GitHub's own ways to fail. */
export function isPreset(name: string): name is Preset {
  return presets.some((preset) => preset === name);
}

/** One of GitHub's own failures, word for word and header for header (forge-reference §1 and §2.1). */
export function presetAnswer(preset: Preset, url: string, seconds: number | null): FaultAnswer {
  switch (preset) {
    case "primary-limit":
      return primaryLimit(seconds ?? 3600);
    case "secondary-limit":
      // `Retry-After` may be absent, with budget left: that is the harder case, hence the default.
      return refusal(
        403,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        seconds === null ? {} : { "retry-after": String(seconds) },
      );
    case "saml":
      return saml(url);
    case "bad-credentials":
      return refusal(401, "Bad credentials");
    case "not-accessible":
      return refusal(403, "Resource not accessible by integration");
    case "blocked":
      return blocked();
    case "server-error":
      return refusal(500, "Server Error", seconds === null ? {} : { "retry-after": String(seconds) });
    case "unicorn":
      return html(503, "<title>Unicorn! &middot; GitHub</title><p>No server is currently available.</p>");
    case "proxy-page":
      return html(200, "<title>Sign in to the network</title>");
  }
}

function primaryLimit(seconds: number): FaultAnswer {
  const moment = new Date();
  const stamp = `${moment.toISOString().slice(0, 19).replace("T", " ")} UTC`;
  const message = `API rate limit exceeded for user ID 1003. If you reach out to GitHub Support for help, please include the request ID 0000:0000 and timestamp ${stamp}.`;
  return refusal(403, message, {
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(Math.ceil(moment.getTime() / 1000) + seconds),
  });
}

/** A single resource is refused with the link that cures it; a list across organisations only lacks rows. */
function saml(url: string): FaultAnswer {
  if (/^\/api\/v3\/user\/(orgs|teams|memberships)/.test(url)) {
    return { status: 200, headers: { "x-github-sso": "partial-results; organizations=9001" }, body: [] };
  }
  const message =
    "Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.";
  const link = "https://github.com/orgs/acme/sso?authorization_request=A4VGCAB7OOHVVXGWN7K6CLC5";
  return refusal(403, message, { "x-github-sso": `required; url=${link}` });
}

function blocked(): FaultAnswer {
  const body = {
    message: "Repository access blocked",
    block: { reason: "dmca", created_at: "2026-01-01T00:00:00Z", html_url: "https://github.com/github/dmca" },
  };
  return { status: 451, headers: {}, body };
}

function html(status: number, content: string): FaultAnswer {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: `<!doctype html>${content}`,
  };
}

function refusal(status: number, message: string, headers: Record<string, string> = {}): FaultAnswer {
  return { status, headers, body: new ApiError(status, message).body() };
}

import { createAppAuth } from "@octokit/auth-app";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";

const Client = Octokit.plugin(retry, throttling);
export type GitHubClient = InstanceType<typeof Client>;

/**
 * How writes are spaced. `background`: as GitHub advises, 1 s between writes and 3 s between notifying ones.
 * `interactive`: a person waits for a handful of calls, so they go at once; limits still come back as errors.
 */
export type Pace = "background" | "interactive";

/** Signs requests and gives tokens, as @octokit/auth-app does. */
type AppAuth = ReturnType<typeof createAppAuth>;

/** A token, the App itself (JWT), or an installation that is looked up at the first request. */
type GitHubAuth = { token: string } | { appId: number; privateKey: string } | (() => Promise<AppAuth>);

export interface GitHubClientOptions {
  apiUrl: string;
  auth: GitHubAuth;
  /** Who shares a queue of requests: one per token holder. */
  throttleId: string;
  pace: Pace;
}

/** Stays supported at least to 2028 (forge-reference §1); newer ones drop `merge_commit_sha`. */
const apiVersion = "2022-11-28";
const deadlineMs = 10_000;

/** Every attempt has its own deadline; waiting in our own queue does not count. */
async function fetchWithDeadline(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    return await fetch(input, {
      ...init,
      signal: init.signal ? AbortSignal.any([init.signal, deadline]) : deadline,
    });
  } catch (error) {
    if (!deadline.aborted) throw error;
    throw new Error(`no answer within ${String(deadlineMs / 1000)} s`, { cause: error });
  }
}

/** An Octokit that names its API version, has deadlines, waits for nobody, and never sends a refused write again. */
export function githubClient({ apiUrl, auth, throttleId, pace }: GitHubClientOptions): GitHubClient {
  const quiet = (): void => undefined;
  const interactive = pace === "interactive" ? { notifications: unspaced, write: unspaced } : {};
  const client = new Client({
    baseUrl: apiUrl.replace(/\/$/, ""),
    userAgent: "fleetwright",
    ...credentials(auth),
    request: { fetch: fetchWithDeadline },
    retry: {
      doNotRetry: [400, 401, 403, 404, 405, 409, 410, 422, 429, 451],
      retries: pace === "interactive" ? 1 : 3,
    },
    throttle: {
      id: `${pace}:${throttleId}`,
      onRateLimit: () => false,
      onSecondaryRateLimit: () => false,
      ...interactive,
    },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  client.hook.before("request", (options) => {
    options.headers["x-github-api-version"] = apiVersion;
  });
  return client;
}

function credentials(auth: GitHubAuth): Record<string, unknown> {
  if (typeof auth !== "function")
    return "token" in auth ? { auth: auth.token } : { authStrategy: createAppAuth, auth };
  // Octokit wants the strategy at once; it is asked only when a request goes out.
  const hook = async (...args: Parameters<AppAuth["hook"]>): Promise<unknown> => (await auth()).hook(...args);
  const lazy = Object.assign(async (options: Parameters<AppAuth>[0]) => (await auth())(options as never), {
    hook,
  });
  return { authStrategy: () => lazy };
}

/** Stands where the throttling plugin expects a Bottleneck group, and lets every job pass. */
const unspaced = {
  key: () => ({ schedule: (_options: unknown, job: () => unknown) => Promise.resolve(job()) }),
} as never;

import { createAppAuth } from "@octokit/auth-app";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import { ForgeError } from "../forge.ts";
import { LimitGates } from "./limit-gates.ts";
import { sender, type SenderOptions } from "./sender.ts";

const Client = Octokit.plugin(throttling);
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
  /** Instead of what the pace says; for tests. */
  patience?: Partial<SenderOptions> | undefined;
  /** Instead of the process's own; for tests. */
  gates?: LimitGates | undefined;
}

const processGates = new LimitGates();

/** Stays supported at least to 2028 (forge-reference §1); newer ones drop `merge_commit_sha`. */
const apiVersion = "2022-11-28";

const moved =
  "The repository moved on the forge. A platform engineer must point FLEET_REPOSITORY at its new name.";

/**
 * A person waits ten seconds at most for a page; the engine tries once more. Not longer: its passes are repeated anyway,
 * and until one fails nobody is told that the forge is in trouble.
 */
const patience: Record<Pace, SenderOptions> = {
  interactive: { deadlineMs: 10_000, retries: 1, firstDelayMs: 300 },
  background: { deadlineMs: 10_000, retries: 2, firstDelayMs: 500 },
};

/** An Octokit that names its API version, has deadlines ({@link sender}), and never sends a refused write again. */
export function githubClient(options: GitHubClientOptions): GitHubClient {
  const { apiUrl, auth, throttleId, pace } = options;
  const quiet = (): void => undefined;
  const interactive = pace === "interactive" ? { notifications: unspaced, write: unspaced } : {};
  const gate = (options.gates ?? processGates).of(`${apiUrl} ${throttleId}`);
  const client = new Client({
    baseUrl: apiUrl.replace(/\/$/, ""),
    userAgent: "fleetwright",
    ...credentials(auth),
    request: { fetch: sender({ ...patience[pace], ...options.patience }, gate) },
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
  client.hook.after("request", ({ status, data }) => {
    // Not followed (`send-following.ts`), and no answer to what was asked.
    if (status >= 300) throw new ForgeError("not-found", moved, { status });
    if (typeof data !== "string" || data === "") return;
    // A proxy's page, or the forge's own: none of our calls asks for anything but JSON.
    const details = [data.slice(0, 500)];
    throw new ForgeError("unavailable", "The forge's answer could not be read.", { status, details });
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

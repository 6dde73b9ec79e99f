import { createAppAuth } from "@octokit/auth-app";
import type { Forge, ForgeError } from "../forge.ts";
import { githubForge } from "./github-forge.ts";
import { githubClient, type GitHubClient, type Pace } from "./octokit.ts";
import { inOwnName } from "./in-own-name.ts";
import { calling, splitFullName } from "./scope.ts";
import type { SenderOptions } from "./sender.ts";

/** A GitHub App, or, where there is none, a bot's token: then checks are commit statuses (decisions §1). */
type MachineIdentity = { appId: number; privateKey: string; installationId?: number } | { token: string };

export interface GitHubAppOptions {
  apiUrl: string;
  fullName: string;
  identity: MachineIdentity;
  /** `background` for the engine; `interactive` where a person waits for the answer. */
  pace?: Pace;
  /** Instead of what the pace says; for tests. */
  patience?: Partial<SenderOptions>;
  /** Hears of every call that failed because of the forge as a whole. */
  onTrouble?: (error: ForgeError) => void;
}

export interface GitHubApp {
  /** Acts with the portal's own rights: called `asApp` wherever it is used (docs/privileges.md). */
  forge: Forge;
  /** For Git over HTTP; a fresh installation token where an App acts. */
  gitCredentials(): Promise<{ username: string; password: string }>;
}

/** The portal's own identity on the forge. Asks the forge nothing until it is used. */
export function githubAsApp({
  apiUrl,
  fullName,
  identity,
  pace = "background",
  patience,
  onTrouble,
}: GitHubAppOptions): GitHubApp {
  const names = splitFullName(fullName);
  if ("token" in identity) {
    const client = githubClient({
      apiUrl,
      auth: { token: identity.token },
      throttleId: "bot",
      pace,
      patience,
    });
    return {
      forge: inOwnName(githubForge({ client, ...names, appId: null, appSlug: null }), onTrouble),
      gitCredentials: () => Promise.resolve({ username: "x-access-token", password: identity.token }),
    };
  }
  const { appId, privateKey } = identity;
  const app = githubClient({
    apiUrl,
    auth: { appId, privateKey },
    throttleId: `app-${String(appId)}`,
    pace,
    patience,
  });
  const sign = once(async () => {
    const installationId = identity.installationId ?? (await app.apps.getRepoInstallation(names)).data.id;
    return createAppAuth({ appId, privateKey, installationId, request: app.request });
  });
  const client = githubClient({
    apiUrl,
    auth: sign,
    throttleId: `installation-of-${String(appId)}`,
    pace,
    patience,
  });
  return {
    forge: inOwnName(githubForge({ client, ...names, appId, appSlug: once(() => slugOf(app)) }), onTrouble),
    gitCredentials: () =>
      calling(async () => {
        const { token } = await (await sign())({ type: "installation" });
        return { username: "x-access-token", password: token };
      }),
  };
}

const slugOf = async (app: GitHubClient): Promise<string> =>
  (await app.apps.getAuthenticated()).data?.slug ?? "fleetwright";

/** Remembers the first success; a failure is tried again at the next call. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | null = null;
  return () => {
    known ??= work().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}

import { createAppAuth } from "@octokit/auth-app";
import type { Forge } from "../forge.ts";
import { githubForge } from "./github-forge.ts";
import { githubClient, type Pace } from "./octokit.ts";
import { calling, splitFullName } from "./scope.ts";

export interface GitHubAppOptions {
  apiUrl: string;
  fullName: string;
  appId: number;
  /** PEM. */
  privateKey: string;
  /** Asked of the forge when absent. */
  installationId?: number;
  pace?: Pace;
}

export interface GitHubApp {
  /** Acts as the App, with its installation token: every use is listed in docs/privileges.md. */
  asApp: Forge;
  /** A fresh installation token, as a Git password. */
  installationToken(): Promise<string>;
}

/** Signs in as the App's installation on the repository; throws a ForgeError when there is none. */
export async function githubAsApp({ pace = "background", ...options }: GitHubAppOptions): Promise<GitHubApp> {
  const { apiUrl, fullName, appId, privateKey } = options;
  const names = splitFullName(fullName);
  const key = { appId, privateKey };
  const app = githubClient({ apiUrl, auth: key, throttleId: `app-${String(appId)}`, pace });
  const { installationId, slug } = await calling(async () => {
    const about = await app.apps.getAuthenticated();
    const id = options.installationId ?? (await app.apps.getRepoInstallation(names)).data.id;
    return { installationId: id, slug: about.data?.slug ?? "fleetwright" };
  });
  const auth = { ...key, installationId };
  const client = githubClient({ apiUrl, auth, throttleId: `installation-${String(installationId)}`, pace });
  const sign = createAppAuth({ ...auth, request: app.request });
  return {
    asApp: githubForge({ client, ...names, appId, appSlug: slug }),
    installationToken: () => calling(async () => (await sign({ type: "installation" })).token),
  };
}

import { forgeErrorOf } from "./forge-error-of.ts";
import type { GitHubClient } from "./octokit.ts";

/** One repository and one identity. */
export interface GitHubScope {
  client: GitHubClient;
  owner: string;
  repo: string;
  /** The App that acts; null for a person. */
  appId: number | null;
  /** An App has no /user: its login is made of its slug. Null for a person. */
  appSlug: (() => Promise<string>) | null;
}

/** Runs calls, turning Octokit's errors into ours. */
export async function calling<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw forgeErrorOf(error);
  }
}

/** The same, with null for 404; not where the token's lost scope hides what may well be there. */
export async function finding<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await calling(work);
  } catch (error) {
    const failure = forgeErrorOf(error);
    if (failure.status === 404 && failure.missingScope === null) return null;
    throw failure;
  }
}

export const splitFullName = (fullName: string): { owner: string; repo: string } => {
  const [owner = "", repo = ""] = fullName.split("/");
  return { owner, repo };
};

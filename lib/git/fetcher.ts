import type { Mirror } from "./mirror.ts";
import type { Git } from "./run-git.ts";

export interface Credentials {
  username: string;
  password: string;
}

const deadlineMs = 30_000;
const refspecs = ["+refs/heads/*:refs/heads/*", "+refs/pull/*/head:refs/pull/*/head"];

interface FetcherOptions {
  git: Git;
  url: string;
  credentials: () => Promise<Credentials | null>;
  head: () => Promise<string | null>;
}

/**
 * One fetch at a time. A call made while one runs waits for the next one, as what it wants to see may have been
 * pushed after the running one asked.
 */
export function fetcher({ git, url, credentials, head }: FetcherOptions): Mirror["fetch"] {
  let running: Promise<unknown> = Promise.resolve();
  let queued: ReturnType<Mirror["fetch"]> | null = null;

  const once = async (): ReturnType<Mirror["fetch"]> => {
    const before = await head();
    const env = credentialEnv(url, await credentials());
    await git(["fetch", "--quiet", "--prune", "--no-tags", "--no-write-fetch-head", url, ...refspecs], {
      env,
      timeoutMs: deadlineMs,
    });
    const after = await head();
    return { head: after, changed: after !== before };
  };

  return () => {
    if (queued) return queued;
    const mine = running
      .catch(() => undefined)
      .then(() => {
        queued = null;
        return once();
      });
    queued = mine;
    running = mine;
    return mine;
  };
}

/** `http.<url>.extraHeader` by environment: visible to this git process alone, and sent to this host alone. */
function credentialEnv(url: string, credentials: Credentials | null): Record<string, string> {
  if (!credentials || !/^https?:/.test(url)) return {};
  const basic = Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64");
  return {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `http.${new URL(url).origin}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
}

import { Agent } from "undici";
import { goNetworkError } from "../flux/go-network-error.ts";

/** How to sign in to a Git server over HTTP. */
export interface GitCredential {
  username: string;
  password: string;
}

/** Refs of a remote: full name → commit or tag object id; peeled tags as `refs/tags/x^{}`. */
export type RemoteRefs = ReadonlyMap<string, string>;

/** Answered 401 or 403 by the Git server. */
export class GitAuthError extends Error {}

const agent = new Agent({ allowH2: false, keepAliveTimeout: 20_000 });

/** The value of an Authorization header for basic authentication. */
export function basicAuth(credential: GitCredential): string {
  return `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString("base64")}`;
}

/**
 * Asks a Git server for its refs by the smart HTTP protocol. One request, no process: this is what every poll
 * costs while nothing is new. Errors read as go-git's, which Flux puts into conditions.
 */
export async function lsRemote(
  url: string,
  credential: GitCredential | undefined,
  timeoutMs: number,
): Promise<RemoteRefs> {
  const asked = `${url}/info/refs?service=git-upload-pack`;
  const target = new URL(asked);
  const headers = credential === undefined ? {} : { authorization: basicAuth(credential) };
  let status: number;
  let body: Buffer;
  try {
    const answer = await agent.request({
      origin: target.origin,
      path: target.pathname + target.search,
      method: "GET",
      headers,
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = answer.statusCode;
    body = Buffer.from(await answer.body.arrayBuffer());
  } catch (error) {
    throw new Error(`Get "${asked}": ${goNetworkError(target, error)}`, { cause: error });
  }
  if (status === 401) throw new GitAuthError("authentication required");
  if (status === 403) throw new GitAuthError("authorization failed");
  if (status === 404) throw new Error("repository not found");
  if (status !== 200)
    throw new Error(
      `unexpected client error: unexpected requesting "${asked}" status code: ${String(status)}`,
    );
  return parseAdvertisement(body);
}

/** Reads pkt-lines `<oid> <ref>`; the first ref carries the capabilities behind a NUL. */
function parseAdvertisement(body: Buffer): RemoteRefs {
  const refs = new Map<string, string>();
  for (let at = 0; at + 4 <= body.length;) {
    const length = Number.parseInt(body.toString("latin1", at, at + 4), 16);
    if (Number.isNaN(length)) throw new Error("invalid pkt-len found");
    const line = body.toString("utf8", at + 4, at + Math.max(length, 4));
    const found = /^([0-9a-f]{40}) ([^\0\n]+)/.exec(line);
    if (found?.[1] !== undefined && found[2] !== undefined) refs.set(found[2], found[1]);
    at += Math.max(length, 4);
  }
  return refs;
}

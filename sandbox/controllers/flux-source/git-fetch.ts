import { isNotFound } from "../runtime/api-error.ts";
import { kinds } from "../runtime/kind.ts";
import type { KubeClient } from "../runtime/kube-client.ts";
import type { ArtifactStore } from "./artifact-store.ts";
import type { GitRepository } from "./git-repository.ts";
import { parseGoDuration } from "../flux/go-duration.ts";
import { GitAuthError, lsRemote } from "./ls-remote.ts";
import type { GitCredential, RemoteRefs } from "./ls-remote.ts";
import { MissingReference, resolveReference } from "./resolve-reference.ts";
import type { ResolvedReference } from "./resolve-reference.ts";

/** A source that cannot be fetched: the reason and text of its FetchFailed condition. */
export class FetchError extends Error {
  readonly reason: string;
  /** It is in the status of its object. */
  readonly isReported = true;

  constructor(reason: string, message: string) {
    super(message);
    this.name = "FetchError";
    this.reason = reason;
  }
}

/** The basic-auth credential a GitRepository names; FetchError when its Secret is not there. */
export async function credentialOf(
  client: KubeClient,
  repository: GitRepository,
): Promise<GitCredential | undefined> {
  const name = repository.spec.secretRef?.name;
  if (name === undefined) return undefined;
  const namespace = repository.object.metadata.namespace ?? "";
  try {
    const secret = await client.get(kinds.secret, name, namespace);
    const data = (secret.data ?? {}) as Record<string, string>;
    const read = (key: string): string => Buffer.from(data[key] ?? "", "base64").toString("utf8");
    return { username: read("username"), password: read("password") };
  } catch (error) {
    if (!isNotFound(error)) throw error;
    // The doubled words are source-controller's own.
    const what = `failed to get secret '${namespace}/${name}'`;
    throw new FetchError("AuthenticationFailed", `${what}: ${what}: secrets "${name}" not found`);
  }
}

interface Asking {
  running: Promise<RemoteRefs>;
  next?: Promise<RemoteRefs>;
}

const asking = new Map<string, Asking>();

/**
 * Finds the commit a GitRepository follows, without fetching it. Many objects that follow one URL share a request,
 * but never one that began before they asked: a push just announced would be missed.
 */
export async function findRevision(
  repository: GitRepository,
  credential: GitCredential | undefined,
): Promise<ResolvedReference> {
  const { url, ref } = repository.spec;
  const timeoutMs = parseGoDuration(repository.spec.timeout) ?? 60_000;
  try {
    return resolveReference(ref, await sharedLsRemote(url, credential, timeoutMs));
  } catch (error) {
    throw fetchError(url, error);
  }
}

/** Brings the commit into the mirror. */
export async function fetchRevision(
  store: ArtifactStore,
  repository: GitRepository,
  found: ResolvedReference,
  credential: GitCredential | undefined,
): Promise<void> {
  const { url } = repository.spec;
  const timeoutMs = parseGoDuration(repository.spec.timeout) ?? 60_000;
  try {
    await store.mirror(url).ensure(found.sha, found.ref, credential, timeoutMs);
  } catch (error) {
    const said = error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? "") : String(error);
    throw new FetchError(
      "GitOperationFailed",
      `failed to checkout and determine revision: unable to clone '${url}': ${said}`,
    );
  }
}

async function sharedLsRemote(
  url: string,
  credential: GitCredential | undefined,
  timeoutMs: number,
): Promise<RemoteRefs> {
  const key = JSON.stringify([url, credential]);
  const known = asking.get(key);
  if (known !== undefined) {
    known.next ??= known.running.then(
      () => start(key, url, credential, timeoutMs),
      () => start(key, url, credential, timeoutMs),
    );
    return known.next;
  }
  return start(key, url, credential, timeoutMs);
}

function start(
  key: string,
  url: string,
  credential: GitCredential | undefined,
  timeoutMs: number,
): Promise<RemoteRefs> {
  const mine: Asking = { running: lsRemote(url, credential, timeoutMs) };
  asking.set(key, mine);
  const done = (): void => {
    if (mine.next === undefined && asking.get(key) === mine) asking.delete(key);
  };
  mine.running.then(done, done);
  return mine.running;
}

function fetchError(url: string, error: unknown): FetchError {
  const prefix = "failed to checkout and determine revision";
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof MissingReference) {
    return new FetchError("GitOperationFailed", `${prefix}: unable to clone '${url}': ${said}`);
  }
  const reason = error instanceof GitAuthError ? "AuthenticationFailed" : "GitOperationFailed";
  return new FetchError(reason, `${prefix}: unable to list remote for '${url}': ${said}`);
}

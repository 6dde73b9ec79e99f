import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { buffer } from "node:stream/consumers";
import { gunzip } from "node:zlib";
import tar from "tar-stream";
import { Agent } from "undici";
import { isNetworkError } from "../flux/go-network-error.ts";

const inflate = promisify(gunzip);
const agent = new Agent({ allowH2: false, keepAliveTimeout: 20_000 });

/** An unpacked artifact, in memory; paths relative to its root, without a slash at the end. */
export interface ArtifactTree {
  files: ReadonlyMap<string, Buffer>;
  directories: ReadonlySet<string>;
}

/** The source says it has an artifact, but its server does not have it (any more). */
export class ArtifactNotFound extends Error {}

/** A commit changes few artifacts, but fifty clusters read the same one: fetch and unpack it once per process. */
const MOST_KEPT = 12;
const kept = new Map<string, Promise<ArtifactTree>>();

/** Fetches and unpacks an artifact, checking its digest; shared by all Kustomizations of the process. */
export function artifactTree(url: string, digest: string): Promise<ArtifactTree> {
  const known = kept.get(digest);
  if (known !== undefined) {
    kept.delete(digest);
    kept.set(digest, known);
    return known;
  }
  const fetching = fetchTree(url, digest);
  kept.set(digest, fetching);
  fetching.catch(() => kept.delete(digest));
  const oldest = kept.keys().next();
  if (kept.size > MOST_KEPT && oldest.done !== true) kept.delete(oldest.value);
  return fetching;
}

async function fetchTree(url: string, digest: string): Promise<ArtifactTree> {
  const target = new URL(url);
  const path = target.pathname + target.search;
  const answer = await reachable(
    agent.request({ origin: target.origin, path, method: "GET", headersTimeout: 15_000 }),
  );
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  if (answer.statusCode === 404) throw new ArtifactNotFound("artifact not found");
  if (answer.statusCode !== 200)
    throw new Error(`failed to download archive from ${url}, status: ${String(answer.statusCode)}`);
  const own = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  if (digest !== "" && own !== digest)
    throw new Error(`failed to verify archive: computed digest doesn't match '${digest}'`);
  return unpack(await inflate(bytes));
}

/** A source that just restarted may serve elsewhere by now: the next look at its status will tell. */
async function reachable<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    throw isNetworkError(error)
      ? new ArtifactNotFound("artifact server not reached", { cause: error })
      : error;
  }
}

async function unpack(bytes: Buffer): Promise<ArtifactTree> {
  const files = new Map<string, Buffer>();
  const directories = new Set<string>([""]);
  const extract = tar.extract();
  extract.end(bytes);
  for await (const entry of extract) {
    const name = entry.header.name.replace(/^\.\//, "").replace(/\/$/, "");
    if (entry.header.type === "directory") {
      directories.add(name);
      entry.resume();
    } else files.set(name, await buffer(entry));
    for (let at = name.lastIndexOf("/"); at > 0; at = name.lastIndexOf("/", at - 1))
      directories.add(name.slice(0, at));
  }
  return { files, directories };
}

import { maxSatisfying } from "semver";
import type { GitReference } from "./git-repository.ts";
import type { RemoteRefs } from "./ls-remote.ts";

/** The commit a reference leads to. */
export interface ResolvedReference {
  /** As in `status.artifact.revision`: `main@sha1:<40>`, `v1@sha1:<40>`, `sha1:<40>`. */
  revision: string;
  sha: string;
  /** What to fetch. */
  ref: string;
}

/** The reference does not exist on the remote; the message is go-git's. */
export class MissingReference extends Error {}

/** Resolves `spec.ref` as source-controller does: commit, name, semver, tag, branch (default master). */
export function resolveReference(reference: GitReference, refs: RemoteRefs): ResolvedReference {
  const { branch, tag, semver, name, commit } = reference ?? {};
  if (commit !== undefined) {
    const ref = `refs/heads/${branch ?? "master"}`;
    return branch === undefined
      ? { revision: `sha1:${commit}`, sha: commit, ref: commit }
      : { revision: `${branch}@sha1:${commit}`, sha: commit, ref };
  }
  if (name !== undefined) return at(refs, name, name);
  if (semver !== undefined) {
    const tags = [...refs.keys()].flatMap((ref) => /^refs\/tags\/([^^]+)$/.exec(ref)?.[1] ?? []);
    const best = maxSatisfying(tags, semver);
    if (best === null) throw new MissingReference(`no match found for semver: ${semver}`);
    return at(refs, `refs/tags/${best}`, best);
  }
  if (tag !== undefined) return at(refs, `refs/tags/${tag}`, tag);
  return at(refs, `refs/heads/${branch ?? "master"}`, branch ?? "master");
}

function at(refs: RemoteRefs, ref: string, shown: string): ResolvedReference {
  const sha = refs.get(`${ref}^{}`) ?? refs.get(ref);
  if (sha === undefined) throw new MissingReference(`couldn't find remote ref "${ref}"`);
  return { revision: `${shown}@sha1:${sha}`, sha, ref };
}

import type { CommitObject, Signature } from "../git/commits.ts";
import type { FileChange } from "../git/diff.ts";
import type { World } from "../world.ts";
import { fullName } from "../state/people.ts";
import { repositoryUrl } from "./repository.ts";
import type { Json } from "./user.ts";
import { loginOfEmail, nodeId, userShape } from "./user.ts";

const unsigned = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

/** GitHub's `git-commit`: the bare object. */
export function gitCommitShape(world: World, commit: CommitObject): Json {
  const url = repositoryUrl(world);
  return {
    sha: commit.sha,
    node_id: nodeId("C", commit.sha),
    url: `${url}/git/commits/${commit.sha}`,
    html_url: commitPage(world, commit.sha),
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/git/commits/${sha}`,
      html_url: commitPage(world, sha),
    })),
    verification: unsigned,
  };
}

/** GitHub's `commit`: with the accounts behind the addresses. */
export function commitShape(world: World, commit: CommitObject): Json {
  const url = repositoryUrl(world);
  return {
    sha: commit.sha,
    node_id: nodeId("C", commit.sha),
    url: `${url}/commits/${commit.sha}`,
    html_url: commitPage(world, commit.sha),
    comments_url: `${url}/commits/${commit.sha}/comments`,
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: unsigned,
    },
    author: accountOf(world, commit.author),
    committer: accountOf(world, commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/commits/${sha}`,
      html_url: commitPage(world, sha),
    })),
  };
}

/** GitHub's `diff-entry`: a file of a commit, a comparison or a pull request. */
export function fileShape(world: World, file: FileChange, ref: string): Json {
  const page = `${world.url}/${fullName(world.store.state)}`;
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${ref}/${path}`,
    raw_url: `${page}/raw/${ref}/${path}`,
    contents_url: `${repositoryUrl(world)}/contents/${path}?ref=${ref}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}

/** Web address of a commit. */
export function commitPage(world: World, sha: string): string {
  return `${world.url}/${fullName(world.store.state)}/commit/${sha}`;
}

function accountOf(world: World, signature: Signature): Json | null {
  const login = loginOfEmail(world, signature.email);
  return login === null ? null : userShape(world, login);
}

import { clusterDir, fleetFile } from "../domain/repository/layout.ts";
import type { Mirror } from "./mirror.ts";

export interface ClusterFileWithCommit {
  path: string;
  content: string;
  commit: { sha: string; title: string; author: string; at: string } | null;
  /** The file on the forge, at the sha shown. */
  url: string;
}

/** A cluster's files at the head of the default branch, each with its last commit; local, never a fetch. */
export async function readFilesOf(
  mirror: Mirror,
  { name, webUrl }: { name: string; webUrl: string },
): Promise<ClusterFileWithCommit[]> {
  const head = await mirror.head();
  if (head === null) return [];
  const prefixes = [clusterDir(name), fleetFile(name)];
  const files = await mirror.readFiles(head, prefixes);
  const commits = await Promise.all(prefixes.map((prefix) => mirror.lastCommitPerPath(head, prefix)));
  const last = new Map(commits.flatMap((map) => [...map]));
  return [...files].map(([path, content]) => {
    const commit = last.get(path);
    return {
      path,
      content,
      commit: commit
        ? { sha: commit.sha, title: commit.title, author: commit.author, at: commit.authoredAt }
        : null,
      url: `${webUrl}/blob/${head}/${path.split("/").map(encodeURIComponent).join("/")}`,
    };
  });
}

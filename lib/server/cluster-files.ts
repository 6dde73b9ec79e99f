import { clusterFile, fleetFile, fluxConfigFile } from "../domain/repository/layout.ts";
import type { FileView } from "../queries/views.ts";
import { services } from "./services.ts";

/** A cluster's files at the head of the default branch with the last commit of each, from the local mirror. */
export async function readClusterFiles(name: string): Promise<FileView[]> {
  const { mirror, env } = services();
  const head = await mirror.head();
  if (head === null) return [];
  const paths = [clusterFile(name), fluxConfigFile(name), fleetFile(name)];
  const [contents, ...commits] = await Promise.all([
    mirror.readFiles(head, paths),
    ...paths.map((path) => mirror.lastCommitPerPath(head, path)),
  ]);
  const url = `${env.FORGE_URL}/${env.FLEET_REPOSITORY}/blob/${mirror.defaultBranch}`;
  return paths.flatMap((path, index) => {
    const content = contents.get(path);
    if (content === undefined) return [];
    const commit = commits[index]?.get(path);
    return [
      {
        path,
        content,
        commit: commit
          ? { sha: commit.sha, title: commit.title, author: commit.author, at: commit.authoredAt }
          : null,
        url: `${url}/${path}`,
      },
    ];
  });
}

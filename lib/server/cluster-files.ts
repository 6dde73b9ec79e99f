import { services } from "./services.ts";

/** A cluster's files at the head of the default branch with the last commit of each, from the local mirror. */
export async function readClusterFiles(
  name: string,
): Promise<
  {
    path: string;
    content: string;
    commit: { sha: string; title: string; author: string; at: string } | null;
    url: string;
  }[]
> {
  const { mirror, env } = services();
  return readFilesOf(mirror, { name, webUrl: `${env.FORGE_URL}/${env.FLEET_REPOSITORY}` });
}

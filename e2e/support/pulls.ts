import { forgeAs } from "./forge.ts";
import { bareGit } from "./git.ts";

/** Numbers of all pull requests with this title, whatever their state. */
export async function pullsTitled(title: string): Promise<number[]> {
  const { octokit, owner, repo } = forgeAs("omar.h");
  const pulls = await octokit.paginate(octokit.pulls.list, { owner, repo, state: "all", per_page: 100 });
  return pulls.filter((pull) => pull.title === title).map((pull) => pull.number);
}

/** Puts files on a new branch from main, one commit each, and opens a pull request, all by the forge's API. */
export async function openByHand(
  login: string,
  { title, files, body }: { title: string; files: Record<string, string>; body?: string },
): Promise<number> {
  const { octokit, owner, repo } = forgeAs(login);
  const branch = `by-hand/${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
  const sha = await bareGit("rev-parse", "main");
  await octokit.git.createRef({ owner, repo, ref: `refs/heads/${branch}`, sha });
  for (const [path, content] of Object.entries(files)) {
    const blob = await bareGit("rev-parse", `main:${path}`).catch(() => undefined);
    await octokit.repos.createOrUpdateFileContents({
      ...{ owner, repo, path, branch, message: title, sha: blob },
      content: Buffer.from(content).toString("base64"),
    });
  }
  const { data } = await octokit.pulls.create({ owner, repo, title, body, head: branch, base: "main" });
  return data.number;
}

/** Closes a pull request, as somebody who does not use the portal would. */
export async function closeByHand(login: string, number: number): Promise<void> {
  const { octokit, owner, repo } = forgeAs(login);
  await octokit.pulls.update({ owner, repo, pull_number: number, state: "closed" });
}

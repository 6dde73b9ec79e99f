import { Octokit } from "@octokit/rest";
import { readDemo } from "./demo.ts";

/** GitHub's own client against the demo's forge, with a person's token. */
export function forgeAs(login: string): { octokit: Octokit; owner: string; repo: string } {
  const { forge, people } = readDemo();
  const token = people.find((person) => person.login === login)?.token;
  if (!token) throw new Error(`nobody is called ${login}`);
  const [owner = "", repo = ""] = forge.repository.split("/");
  return { octokit: new Octokit({ baseUrl: forge.api, auth: token }), owner, repo };
}

import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import type { Forge, ForgeCommit, ForgeProtection, ForgeSeed } from "../../contracts.ts";
import { startForge } from "../start-forge.ts";
import { GithubDescription } from "./openapi.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** Where the test repository lives. */
export const target = { owner: "acme", repo: "fleet" };

const history: ForgeCommit[] = [
  {
    message: "Start the fleet",
    author: { name: "Oscar Owner", email: "oscar@example.com" },
    date: "2026-01-05T08:00:00Z",
    files: {
      CODEOWNERS: "* @acme/fleet-approvers\n",
      "README.md": "# Fleet\n",
      "clusters/dev/a.yaml": "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\n",
    },
  },
  {
    message: "Add staging\n\nWith words.",
    author: { name: "Anna Approver", email: "anna@example.com" },
    date: "2026-01-06T08:00:00Z",
    files: { "clusters/staging/b.yaml": "b: 1\n", "README.md": null },
  },
];

/** A small organisation: anna and adam approve, rita requests with push, vera only reads, oscar owns. */
export function testSeed(protection: Partial<ForgeProtection> = {}): ForgeSeed {
  const person = (login: string, name: string) => ({
    login,
    name,
    email: `${login}@example.com`,
    token: `ghp_${login}`,
  });
  return {
    organization: target.owner,
    repository: target.repo,
    defaultBranch: "main",
    people: [
      person("anna", "Anna Approver"),
      person("adam", "Adam Approver"),
      person("rita", "Rita Requester"),
      person("vera", "Vera Viewer"),
      person("oscar", "Oscar Owner"),
      person("nobody", "No Team"),
    ],
    teams: [
      { slug: "fleet-approvers", name: "Fleet approvers", members: ["anna", "adam"], permission: "push" },
      { slug: "team-leads", name: "Team leads", members: ["rita"], permission: "push" },
      { slug: "sre-readers", name: "SRE readers", members: ["vera"], permission: "pull" },
      { slug: "owners", name: "Owners", members: ["oscar"], permission: "admin" },
    ],
    app: {
      id: 4711,
      slug: "fleetwright",
      clientId: "Iv23test",
      clientSecret: "app-secret",
      privateKey,
      installationId: 8822,
      callbackUrls: ["http://127.0.0.1:3000/api/auth/callback/github"],
      permissions: {
        contents: "write",
        pull_requests: "write",
        checks: "write",
        statuses: "write",
        members: "read",
        administration: "read",
      },
    },
    machineTokens: [{ name: "flux", token: "machine-token" }],
    protection: {
      branch: "main",
      requiredApprovals: 1,
      requireCodeOwnerReviews: false,
      dismissStaleReviews: true,
      requireLastPushApproval: false,
      enforceAdmins: true,
      pushTeams: ["fleet-approvers"],
      requiredChecks: [],
      ...protection,
    },
    commits: history,
  };
}

export interface TestForge {
  forge: Forge;
  dir: string;
  log: string[];
  /** Octokit with this person's token. */
  as(login: string): Octokit;
  withToken(token: string): Octokit;
  /** Octokit as the App's installation. */
  asApp(): Octokit;
  /** Calls the control endpoint below `/_sandbox/`. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Runs git against a clone; prompts and configuration are off. Resolves to stdout and stderr together. */
  git(cwd: string, ...args: string[]): Promise<string>;
  /** URL of the repository with credentials. */
  remote(token: string): string;
  stop(): Promise<void>;
}

/**
 * Starts a forge in a directory of its own. Every REST request it accepts and every reply is held to GitHub's own
 * description: `stop` throws when one was not.
 */
export async function startTestForge(seed: ForgeSeed = testSeed()): Promise<TestForge> {
  const dir = await mkdtemp(join(tmpdir(), "forge-"));
  const log: string[] = [];
  const description = GithubDescription.read();
  const strange = new Set<string>();
  const forge = await startForge(
    { dir, seed },
    (message) => log.push(message),
    (exchange) => {
      for (const problem of description.exchangeProblems(exchange)) strange.add(problem);
    },
  );
  const silent = { debug: noop, info: noop, warn: noop, error: noop };
  const withToken = (token: string) => new Octokit({ baseUrl: forge.api, auth: token, log: silent });
  return {
    forge,
    dir,
    log,
    withToken,
    as: (login) => withToken(`ghp_${login}`),
    asApp: () =>
      new Octokit({
        baseUrl: forge.api,
        log: silent,
        authStrategy: createAppAuth,
        auth: {
          appId: seed.app.id,
          privateKey: seed.app.privateKey,
          installationId: seed.app.installationId,
        },
      }),
    control: (method, path, body) => control(forge, method, path, body),
    git,
    remote: (token) =>
      `${forge.url.replace("://", `://x-access-token:${token}@`)}/${target.owner}/${target.repo}.git`,
    async stop() {
      await forge.close();
      await rm(dir, { recursive: true, force: true });
      if (strange.size > 0) throw new Error(`not as GitHub describes it:\n${[...strange].join("\n")}`);
    },
  };
}

/** Makes a branch with one commit of the given files on top of `from` through the Git data API; returns its SHA. */
export async function commitFiles(
  octokit: Octokit,
  branch: string,
  files: Record<string, string | null>,
  from = "main",
): Promise<string> {
  const base = await octokit.git.getRef({ ...target, ref: `heads/${from}` });
  const tree = await octokit.git.createTree({
    ...target,
    base_tree: base.data.object.sha,
    tree: Object.entries(files).map(([path, content]) =>
      content === null
        ? { path, mode: "100644" as const, type: "blob" as const, sha: null }
        : { path, mode: "100644" as const, type: "blob" as const, content },
    ),
  });
  const commit = await octokit.git.createCommit({
    ...target,
    message: `Change ${branch}`,
    tree: tree.data.sha,
    parents: [base.data.object.sha],
  });
  const { sha } = commit.data;
  if (branch === from) await octokit.git.updateRef({ ...target, ref: `heads/${branch}`, sha });
  else await octokit.git.createRef({ ...target, ref: `refs/heads/${branch}`, sha });
  return sha;
}

/** Opens a pull request for a new branch with these files; returns its number. */
export async function openChange(
  octokit: Octokit,
  branch: string,
  files: Record<string, string | null>,
): Promise<number> {
  await commitFiles(octokit, branch, files);
  const pull = await octokit.pulls.create({
    ...target,
    title: `Change ${branch}`,
    head: branch,
    base: "main",
  });
  return pull.data.number;
}

/** Status and message of a request that must be refused. */
export async function refusal(
  request: Promise<unknown>,
): Promise<{ status: number; message: string; errors?: unknown }> {
  try {
    await request;
  } catch (error) {
    const { status, response } = error as {
      status: number;
      response?: { data: { message: string; errors?: unknown } };
    };
    const { message = "", errors } = response?.data ?? {};
    return errors === undefined ? { status, message } : { status, message, errors };
  }
  throw new Error("the request was not refused");
}

/**
 * Calls the forge's control endpoint (docs/reference/sandbox-forge.md).
 * @throws Error with the endpoint's answer when it refuses.
 */
export async function control(
  forge: Pick<Forge, "url">,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${forge.url}/_sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text === "" ? null : (JSON.parse(text) as unknown);
}

async function git(cwd: string, ...args: string[]): Promise<string> {
  const identity = ["-c", "user.name=Rita Requester", "-c", "user.email=rita@example.com"];
  const { stdout, stderr } = await promisify(execFile)("git", [...identity, ...args], {
    cwd,
    env: {
      ...process.env,
      GIT_TERMINAL_PROMPT: "0",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      LC_ALL: "C",
    },
  });
  return stdout + stderr;
}

function noop(): void {
  // Octokit logs refused requests; the tests look at them instead.
}

import type { Forge, PullRequest } from "../forge.ts";

/** A fault for the next requests that match (docs/reference/sandbox-forge.md). */
export interface ContractFault {
  method?: string;
  /** Regular expression over the address. */
  path?: string;
  times?: number | "always";
  skip?: number;
  status?: number;
  message?: string;
  headers?: Record<string, string>;
  preset?: string;
  retryAfter?: number;
  delayMs?: number;
  cut?: "request" | "answer" | "body";
}

/** Who takes part: rita may push, anna and adam approve and merge, vera only reads. */
export type ContractPerson = "rita" | "anna" | "adam" | "vera";

/**
 * A forge to hold to the contract: repository acme/fleet with a protected branch main that wants one approval, has one
 * commit more than `baseFile`'s, and an App with the permissions of docs/privileges.md.
 */
export interface ContractWorld {
  as(person: ContractPerson, more?: { deadlineMs?: number; retries?: number }): Forge;
  asApp(): Forge;
  withToken(token: string): Forge;
  /** What this person's token is granted from now on. */
  grant(person: ContractPerson, scopes: string[]): Promise<void>;
  /** Renames the repository; "fleet" is its own name. */
  rename(name: string): Promise<void>;
  fault(fault: ContractFault): Promise<void>;
  /** Limits that clients remember are forgotten too. */
  clearFaults(): Promise<void>;
  /** "METHOD path" of every request since the last {@link ContractWorld.forget}. */
  requests(): Promise<string[]>;
  forget(): Promise<void>;
  stop(): Promise<void>;
}

/** A path that the main branch holds. */
export const baseFile = "clusters/dev/a.yaml";

/** Branch, commit and pull request through the contract itself. */
export async function openPull(
  forge: Forge,
  branch: string,
  files: Record<string, string | null> = { [`clusters/${branch}.yaml`]: `name: ${branch}\n` },
): Promise<PullRequest> {
  await makeBranch(forge, branch, files);
  return forge.createPullRequest({ title: `Add ${branch}`, body: "Please", head: branch, base: "main" });
}

/** Branch with one commit on top of main; returns its sha. */
export async function makeBranch(
  forge: Forge,
  branch: string,
  files: Record<string, string | null> = { [`clusters/${branch}.yaml`]: `name: ${branch}\n` },
): Promise<string> {
  const parent = await forge.findCommit((await forge.findBranch("main")) ?? "");
  if (parent === null) throw new Error("main has no commit");
  const commit = await forge.createCommit({ parent, files, message: `Add ${branch}\n` });
  await forge.createBranch(branch, commit.sha);
  return commit.sha;
}

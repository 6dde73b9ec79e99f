import { createAuthority, issueServer } from "../pki.ts";
import type { Credential } from "../pki.ts";
import { Journal } from "./journal.ts";
import type { RestoredCluster } from "./journal.ts";
import type { Persistence } from "./persistence.ts";

/** What a server starts from. */
export interface State {
  /** Signs the server certificate. */
  authority: Credential;
  server: Credential;
  clusters: RestoredCluster[];
  persistence: Persistence | undefined;
  close(): Promise<void>;
}

async function createIdentity(): Promise<{ authority: Credential; server: Credential }> {
  const authority = await createAuthority("sandbox-kubernetes-ca");
  return { authority, server: await issueServer(authority) };
}

/** Reads the state directory, or starts an empty state in it; without `dir` nothing is kept. */
export async function openState(dir: string | undefined): Promise<State> {
  if (dir === undefined) {
    return {
      ...(await createIdentity()),
      clusters: [],
      persistence: undefined,
      close: () => Promise.resolve(),
    };
  }
  const journal = new Journal(dir);
  const identity = journal.identity ?? (await createIdentity());
  journal.identity ??= identity;
  return { ...identity, clusters: journal.restored(), persistence: journal, close: () => journal.close() };
}

import { createAuthority, issueServer } from "../pki.ts";
import type { Credential } from "../pki.ts";
import type { ObjectStore } from "./object-store.ts";
import type { ClusterRecord, Persistence } from "./persistence.ts";

/** What a server starts from. */
export interface State {
  /** Signs the server certificate. */
  authority: Credential;
  server: Credential;
  clusters: { record: ClusterRecord; store: ObjectStore }[];
  persistence: Persistence | undefined;
  close(): Promise<void>;
}

/** Reads the state directory, or starts an empty state in it; without `dir` nothing is kept. */
export async function openState(_dir: string | undefined): Promise<State> {
  const authority = await createAuthority("sandbox-kubernetes-ca");
  const server = await issueServer(authority);
  return { authority, server, clusters: [], persistence: undefined, close: () => Promise.resolve() };
}

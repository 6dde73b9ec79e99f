import type { Credential } from "../pki.ts";
import type { ChangeSink } from "./object-store.ts";

/** What makes a cluster itself, besides its objects. */
export interface ClusterRecord {
  namespace: string;
  name: string;
  version: string;
  authority: Credential;
  /** Client certificate of `<name>-admin`. */
  admin: Credential;
  tokenKey: string;
}

/** Keeps clusters and objects on disk. */
export interface Persistence {
  saveCluster(record: ClusterRecord): void;
  removeCluster(namespace: string, name: string): void;
  sinkFor(clusterId: string): ChangeSink;
}

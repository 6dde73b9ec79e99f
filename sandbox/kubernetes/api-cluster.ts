import type { KeyObject } from "node:crypto";
import type { ApiFault, KubernetesUser } from "../contracts.ts";
import type { KindRegistry } from "./kinds/kind-registry.ts";
import type { Credential } from "./pki.ts";
import type { ObjectStore } from "./store/object-store.ts";

/** One API server: the management cluster (empty names) or a workload cluster below a URL prefix. */
export interface ApiCluster {
  namespace: string;
  name: string;
  store: ObjectStore;
  kinds: KindRegistry;
  /** Signs the client certificates this cluster accepts. */
  clientAuthority: Credential;
  clientAuthorityKey: KeyObject;
  /** HMAC key of the ServiceAccount tokens minted here; valid nowhere else. */
  tokenKey: string;
  /** Static bearer tokens; only the management cluster has any. */
  users: KubernetesUser[];
  fault: ApiFault;
  /** Whether Cluster API's defaulting webhooks are on; a bare API server has none. */
  webhooks: boolean;
  /** What `/version` says, with its leading v. */
  version: string;
}

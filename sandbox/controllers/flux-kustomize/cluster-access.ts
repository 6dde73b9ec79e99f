import type { KubeClient } from "../runtime/kube-client.ts";
import { RestMapper } from "./rest-mapper.ts";

/** What was last applied to an object, to tell without asking that nothing changed. */
export interface AppliedMark {
  resourceVersion: string;
  /** Hash of the manifest. */
  manifest: string;
}

/** One API server to apply to. */
export class ClusterAccess {
  readonly client: KubeClient;
  readonly mapper: RestMapper;
  /** By subject and Kustomization; an object still at this version, with this manifest, has not drifted. */
  readonly marks = new Map<string, AppliedMark>();

  constructor(client: KubeClient) {
    this.client = client;
    this.mapper = new RestMapper(client);
  }
}

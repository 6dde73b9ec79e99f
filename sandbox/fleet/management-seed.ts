import { filesBelow, repositoryFiles } from "./repository-files.ts";
import { managementDir } from "../../lib/domain/repository/layout.ts";
import { readObjects } from "../../lib/domain/repository/loose.ts";
import { gitUrlOf, organization } from "./seed.ts";
import type { FleetSecrets } from "./secrets.ts";

export interface ManagementSeedOptions {
  now: Date;
  forgeUrl: string;
  portalUrl: string;
  secrets: FleetSecrets;
  /** CRDs of Flux, Cluster API and the providers: what `flux install` and clusterctl would bring. */
  crds: readonly object[];
}

/** A Kubernetes object to apply. */
export type SeedObject = Record<string, unknown>;

/**
 * What the management cluster holds before Flux runs, in the order to apply it: what `flux bootstrap`, clusterctl
 * and the README's two `kubectl create secret` would have made. Everything else comes from the repository.
 */
export function managementSeed(options: ManagementSeedOptions): SeedObject[] {
  const { secrets } = options;
  const files = repositoryFiles({
    gitUrl: gitUrlOf(options.forgeUrl),
    portalUrl: options.portalUrl,
    organization,
    now: options.now,
  });
  const sync = filesBelow(files, `${managementDir}/flux-system`)["gotk-sync.yaml"] ?? "";
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "flux-system" } },
    ...options.crds.map((crd): SeedObject => ({ ...crd })),
    secret("flux-system", { username: "git", password: secrets.managementGitToken }),
    secret("sops-age", { "age.agekey": `${secrets.age.identity}\n` }),
    secret("receiver-token", { token: secrets.receiverToken }),
    secret("portal-hmac", { token: secrets.portalHmac }),
    ...readObjects(sync).objects.map(({ object }) => object),
  ];
}

const secret = (name: string, stringData: Record<string, string>): SeedObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, namespace: "flux-system" },
  type: "Opaque",
  stringData,
});

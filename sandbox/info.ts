/** What `sandbox/main.ts` tells whoever started it (IPC), and what it is told (a JSON file named in argv). */

export interface SandboxOptions {
  /** State directory; survives a restart. */
  dir: string;
  forgePort: number;
  kubernetesPort: number;
  /** Artifacts of flux-source and its webhook receiver. */
  sourcePort: number;
  /** Where the portal is (OAuth callback, webhooks). */
  portalUrl: string;
  /** How many clusters a new fleet has. */
  clusters: number;
}

export interface SandboxPerson {
  login: string;
  name: string;
  roles: string[];
  teams: string[];
  token: string;
}

export interface SandboxInfo {
  forge: { url: string; api: string; repository: string; gitDir: string };
  app: {
    id: number;
    clientId: string;
    clientSecret: string;
    privateKeyFile: string;
    webhookSecret: string;
  };
  kubernetes: { url: string; managementCluster: string };
  /** Administrator's kubeconfig: current context = management cluster, one context per workload cluster. */
  kubeconfig: string;
  /** The portal's own, with its ServiceAccount's rights only. */
  portalKubeconfig: string;
  people: SandboxPerson[];
}

export type SandboxMessage =
  { type: "step"; text: string } | { type: "ready"; info: SandboxInfo } | { type: "failed"; message: string };

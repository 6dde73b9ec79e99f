import { rolesOf, teamsOf } from "../../lib/domain/fleet/access.ts";
import { parseFleetConfig } from "../../lib/domain/fleet/config.ts";
import { fleetConfigFile, managementDir } from "../../lib/domain/repository/layout.ts";
import type { ForgeProtection, ForgeSeed } from "../contracts.ts";
import type { SandboxPerson } from "../info.ts";
import { fluxComponents } from "./flux-components.ts";
import { fleetHistory } from "./history.ts";
import { demoPeople, demoTeams, emailOf } from "./people.ts";
import { planFleet, type PlannedCluster } from "./plan.ts";
import { repositoryFiles } from "./repository-files.ts";
import type { FleetSecrets } from "./secrets.ts";
import { sopsEncrypt } from "./sops.ts";
import { troubledClusters } from "./troubles.ts";

export const organization = "acme";
export const repository = "fleet";

export interface FleetSeedOptions {
  /** The moment of seeding: every date is relative to it. */
  now: Date;
  /** Web base of the forge. */
  forgeUrl: string;
  portalUrl: string;
  secrets: FleetSecrets;
  /** Flux' CRDs for gotk-components. */
  fluxCrds: readonly object[];
  /** How many clusters (50 at most). */
  clusters?: number;
}

export interface FleetSeed {
  forge: ForgeSeed;
  /** Who can sign in, with what fleet.yaml makes of them. */
  people: SandboxPerson[];
  clusters: PlannedCluster[];
}

/** Clone URL of the fleet repository. */
export const gitUrlOf = (forgeUrl: string): string =>
  `${forgeUrl.replace(/\/$/, "")}/${organization}/${repository}.git`;

/** Checks the protection asks for (decisions §1), pinned to the App. */
const requiredChecks = ["build", "policy", "protect", "approval"].map((name) => `fleetwright/${name}`);

/** The whole demo: organisation, people, repository with its history, protection, App. */
export async function fleetSeed(options: FleetSeedOptions): Promise<FleetSeed> {
  const { secrets, now } = options;
  const clusters = planFleet(options.clusters ?? 50, troubledClusters);
  const files = await filesOf(options);
  const callback = new URL("/api/auth/callback/forge", options.portalUrl).href;
  const forge: ForgeSeed = {
    organization,
    repository,
    defaultBranch: "main",
    people: demoPeople.map(({ login, name }) => ({
      login,
      name,
      email: emailOf(login),
      token: secrets.people[login] ?? "",
    })),
    teams: demoTeams.map((team) => ({
      ...team,
      members: demoPeople.filter(({ teams }) => teams.includes(team.slug)).map(({ login }) => login),
    })),
    app: {
      ...secrets.app,
      slug: "fleetwright",
      callbackUrls: [callback],
      webhook: { url: new URL("/api/webhooks/forge", options.portalUrl).href, secret: secrets.webhookSecret },
      permissions: {
        contents: "write",
        pull_requests: "write",
        checks: "write",
        statuses: "write",
        members: "read",
        administration: "read",
        metadata: "read",
      },
    },
    machineTokens: [
      { name: "flux-management", token: secrets.managementGitToken },
      { name: "flux-workloads", token: secrets.workloadGitToken },
    ],
    protection: protectionOf(secrets.app.id),
    commits: fleetHistory(files, clusters, now),
  };
  return { forge, people: signInPeople(files, secrets), clusters };
}

/** The repository's files, those made at seeding included, without the clusters. */
async function filesOf(options: FleetSeedOptions): Promise<Record<string, string>> {
  const { secrets, now } = options;
  const gitUrl = gitUrlOf(options.forgeUrl);
  const files = repositoryFiles({ gitUrl, portalUrl: options.portalUrl, organization, now });
  const components = fluxComponents(options.fluxCrds);
  const gitAuth = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "fleet-git-auth", namespace: "flux-system" },
    stringData: { username: "git", password: secrets.workloadGitToken },
  };
  return {
    ...files,
    ".sops.yaml": `creation_rules:\n  - path_regex: \\.sops\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: ${secrets.age.recipient}\n`,
    [`${managementDir}/flux-system/gotk-components.yaml`]: components,
    "infrastructure/flux/v2.9.4/gotk-components.yaml": components,
    "infrastructure/flux/git-auth.sops.yaml": await sopsEncrypt(gitAuth, secrets.age.recipient, now),
  };
}

function protectionOf(appId: number): ForgeProtection {
  return {
    branch: "main",
    requiredApprovals: 1,
    requireCodeOwnerReviews: true,
    dismissStaleReviews: true,
    requireLastPushApproval: true,
    enforceAdmins: true,
    pushTeams: ["fleet-approvers"],
    requiredChecks: requiredChecks.map((context) => ({ context, appId })),
  };
}

function signInPeople(files: Record<string, string>, secrets: FleetSecrets): SandboxPerson[] {
  const { config } = parseFleetConfig(files[fleetConfigFile] ?? "");
  return demoPeople.map(({ login, name, teams }) => ({
    login,
    name,
    roles: rolesOf(config, teams).map((role) => role.replace("-", " ")),
    teams: teamsOf(config, teams),
    token: secrets.people[login] ?? "",
  }));
}

import { createPublicKey } from "node:crypto";
import type { ForgeProtection, ForgeSeed } from "../../contracts.ts";
import { now } from "./now.ts";
import type { Protection, State } from "./state.ts";

/** The first state of a forge, from its seed. Ids are given in the seed's order, so the same seed gives the same ids. */
export function seedState(seed: ForgeSeed): State {
  const createdAt = seed.commits[0]?.date ?? now();
  return {
    version: 1,
    nextId: 100_000,
    nextNumber: 0,
    organization: { id: 9001, login: seed.organization, createdAt },
    repository: {
      id: 70_001,
      name: seed.repository,
      description: null,
      defaultBranch: seed.defaultBranch,
      createdAt,
      updatedAt: createdAt,
      pushedAt: createdAt,
      allowMergeCommit: true,
      allowSquashMerge: true,
      allowRebaseMerge: true,
      deleteBranchOnMerge: false,
    },
    people: seed.people.map((person, index) => ({ ...person, id: 1001 + index, createdAt })),
    teams: seed.teams.map((team, index) => ({ ...team, id: 5001 + index })),
    app: {
      id: seed.app.id,
      botId: 40_001,
      slug: seed.app.slug,
      clientId: seed.app.clientId,
      clientSecret: seed.app.clientSecret,
      publicKey: createPublicKey(seed.app.privateKey).export({ type: "spki", format: "pem" }).toString(),
      installationId: seed.app.installationId,
      callbackUrls: seed.app.callbackUrls,
      hookId: 60_001,
      webhook: seed.app.webhook ?? null,
      permissions: seed.app.permissions,
      createdAt,
    },
    machineTokens: seed.machineTokens,
    protections: { [seed.protection.branch]: protectionOf(seed.protection) },
    pulls: [],
    comments: [],
    labels: [],
    checkRuns: [],
    statuses: [],
    hooks: [],
    deliveries: [],
    userTokens: [],
    installationTokens: [],
  };
}

function protectionOf(seed: ForgeProtection): Protection {
  return {
    reviews: {
      requiredApprovals: seed.requiredApprovals,
      requireCodeOwners: seed.requireCodeOwnerReviews,
      dismissStale: seed.dismissStaleReviews,
      requireLastPushApproval: seed.requireLastPushApproval,
    },
    checks: seed.requiredChecks.length > 0 ? { strict: false, required: seed.requiredChecks } : null,
    enforceAdmins: seed.enforceAdmins,
    restrictions: seed.pushTeams.length > 0 ? { teams: seed.pushTeams, users: [], apps: [] } : null,
    linearHistory: false,
    allowForcePushes: false,
    allowDeletions: false,
  };
}

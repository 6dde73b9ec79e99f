import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Forge as SandboxForge, ForgeSeed } from "../../../sandbox/contracts.ts";
import { startForge } from "../../../sandbox/forge/start-forge.ts";
import { testDatabase } from "../../../sandbox/testing/postgres.ts";
import type { Db } from "../../db/client.ts";
import type { Actor, Role } from "../../domain/access/actor.ts";
import { githubAsPerson } from "../../forge/github/github-as-person.ts";
import { LimitGates } from "../../forge/github/limit-gates.ts";
import type { UseCaseContext } from "../../usecases/context.ts";
import type { ChangeWorld } from "../change-world.ts";
import { connectWorld, type WorldAddress } from "./connect-world.ts";

/** fleet.yaml of the tests: production needs two approvals. */
const fleetYaml = `version: 1
access:
  roles: {viewer: [sre-readers], requester: [team-leads], approver: [fleet-approvers], platform-engineer: [platform]}
  teams: {payments: payments-devs, search: search-devs}
approvals: {default: 1, production: 2}
limits: {default: {clusters: 2, maxDays: 30}}
regions: {westeurope: {versions: [v1.34.5, v1.33.9], sizes: [Standard_D4s_v5, Standard_D8s_v5], asOf: 2026-11-01, source: test}}
`;

const people = ["lena", "sam", "nadia", "omar", "vera", "pat"] as const;
export type PersonName = (typeof people)[number];

const roles: Record<PersonName, { roles: Role[]; teams: string[] }> = {
  lena: { roles: ["requester"], teams: ["payments"] },
  sam: { roles: ["requester"], teams: ["search"] },
  nadia: { roles: ["approver"], teams: [] },
  omar: { roles: ["approver"], teams: [] },
  vera: { roles: ["viewer"], teams: [] },
  pat: { roles: ["platform-engineer"], teams: [] },
};

export interface ChangeStack {
  forge: SandboxForge;
  db: Db;
  world: ChangeWorld;
  /** For another process, or with a proxy in between. */
  address: WorldAddress;
  webhookSecret: string;
  actor(name: PersonName): Actor;
  ctx(name: PersonName, world?: Partial<ChangeWorld>): UseCaseContext;
  close(): Promise<void>;
}

/** A forge with a small fleet, a database and the work on changes over both; nothing polls by itself. */
export async function startChangeStack(): Promise<ChangeStack> {
  const dir = await mkdtemp(join(tmpdir(), "changes-"));
  const seed = await seedOf();
  const forge = await startForge({ dir: join(dir, "forge"), seed });
  const database = await testDatabase();
  const fullName = `${seed.organization}/${seed.repository}`;
  const { id: appId, privateKey, installationId } = seed.app;
  const address: WorldAddress = {
    databaseUrl: database.url,
    forgeUrl: forge.url,
    api: forge.api,
    fullName,
    identity: { appId, privateKey, installationId },
    mirrorDir: join(dir, "mirror.git"),
  };
  const world = await connectWorld(address);
  const { db } = world;
  const actor = (name: PersonName): Actor => ({
    userId: "0197f3a2-0000-7000-8000-000000000001",
    login: name,
    name,
    image: null,
    ...roles[name],
  });
  return {
    forge,
    db,
    world,
    address,
    webhookSecret: "hook-secret",
    actor,
    ctx: (name, more = {}) => ({
      actor: actor(name),
      now: new Date(),
      world: { ...world, ...more },
      // Each context forgets the limit another one met: a test of limits must not silence the next one.
      asPerson: githubAsPerson({
        apiUrl: forge.api,
        fullName,
        token: tokenOf(name),
        gates: new LimitGates(),
      }),
    }),
    close: async () => {
      await forge.close();
      await db.$disconnect();
      await database.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export const tokenOf = (name: PersonName): string => `ghp_${name}`;

async function seedOf(): Promise<ForgeSeed> {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const team = (slug: string, members: PersonName[], permission: "pull" | "push" | "admin") => ({
    slug,
    name: slug,
    members,
    permission,
  });
  return {
    organization: "acme",
    repository: "fleet",
    defaultBranch: "main",
    people: people.map((login) => ({
      login,
      name: login,
      email: `${login}@example.com`,
      token: tokenOf(login),
    })),
    teams: [
      team("team-leads", ["lena", "sam"], "pull"),
      team("payments-devs", ["lena"], "pull"),
      team("search-devs", ["sam"], "pull"),
      team("fleet-approvers", ["nadia", "omar"], "push"),
      team("sre-readers", ["vera"], "pull"),
      team("platform", ["pat"], "push"),
    ],
    app: {
      id: 4711,
      slug: "fleetwright",
      clientId: "Iv23test",
      clientSecret: "secret",
      privateKey,
      installationId: 8822,
      callbackUrls: [],
      permissions: {
        contents: "write",
        pull_requests: "write",
        checks: "write",
        statuses: "write",
        members: "read",
        administration: "read",
      },
    },
    machineTokens: [],
    protection: {
      branch: "main",
      requiredApprovals: 1,
      requireCodeOwnerReviews: true,
      dismissStaleReviews: true,
      requireLastPushApproval: true,
      enforceAdmins: true,
      pushTeams: ["fleet-approvers"],
      requiredChecks: ["build", "policy", "protect", "approval"].map((name) => ({
        context: `fleetwright/${name}`,
        appId: 4711,
      })),
    },
    commits: [
      {
        message: "Start the fleet",
        author: { name: "pat", email: "pat@example.com" },
        date: "2026-01-05T08:00:00Z",
        files: { CODEOWNERS: "* @acme/fleet-approvers\n", "fleet.yaml": fleetYaml, ...(await templates()) },
      },
    ],
  };
}

/** The demo fleet's own templates. */
async function templates(): Promise<Record<string, string>> {
  const root = fileURLToPath(new URL("../../../sandbox/fleet/repository", import.meta.url));
  const files: Record<string, string> = { "prices.yaml": await readFile(join(root, "prices.yaml"), "utf8") };
  for (const template of ["aks-standard", "dev"]) {
    for (const file of await readdir(join(root, "templates", template))) {
      files[`templates/${template}/${file}`] = await readFile(
        join(root, "templates", template, file),
        "utf8",
      );
    }
  }
  return files;
}

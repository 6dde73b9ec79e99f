import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { vi } from "vitest";
import { testDatabase } from "../../../sandbox/testing/postgres.ts";
import { actorOfSession } from "../session.ts";
import { live } from "../live/live.ts";
import { closeStreams, openStream } from "../live/stream.ts";
import { hashToken } from "../seal.ts";
import { services, type Services } from "../services.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** The portal's own services on a database of their own, with a forge that a test answers for. */
export interface PortalWorld {
  services: Services;
  /** How the forge answers from now on. */
  answer(answer: Answer): void;
  /** A person who signed in, with the cookie's token. */
  person(login: string, forgeTeams: string[], token: string): Promise<{ userId: string; token: string }>;
  /** What his browser hears; ends when the server ends the stream. */
  listen(token: string): Promise<{ heard(): string; ended: Promise<void> }>;
  close(): Promise<void>;
}

export const secrets = {
  FLEETWRIGHT_SECRET: "planted-fleetwright-secret-0123456789",
  GITHUB_CLIENT_ID: "planted-client",
  GITHUB_CLIENT_SECRET: "planted-client-secret-0123456789",
  GITHUB_WEBHOOK_SECRET: "planted-webhook-secret-0123456789",
  FLUX_WEBHOOK_SECRET: "planted-flux-secret-0123456789",
  FORGE_TOKEN: "ghs_plantedBotToken0123456789",
};

export const databasePassword = "planted-database-password-0123456789";

/** Roles by the org teams of the sandbox's people. */
const access = {
  roles: { viewer: ["sre-readers"], requester: [], approver: ["fleet-approvers"], "platform-engineer": [] },
  teams: { payments: "payments-devs" },
};

/** A login of its own whose password can be looked for; the tests' servers are thrown away with it. */
async function plantPassword(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const login = `planted_${randomBytes(6).toString("hex")}`;
  await client.query(`CREATE ROLE ${login} LOGIN SUPERUSER PASSWORD '${databasePassword}'`);
  await client.end();
  return Object.assign(new URL(url), { username: login, password: databasePassword }).href;
}

export async function portalWorld(): Promise<PortalWorld> {
  const database = await testDatabase();
  const databaseUrl = await plantPassword(database.url);
  let current: Answer = (_request, response) => response.writeHead(404).end("{}");
  const server = createServer((request, response) => {
    current(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const forge = `http://127.0.0.1:${String(typeof address === "object" && address ? address.port : 0)}`;
  const env = {
    ...secrets,
    DATABASE_URL: databaseUrl,
    FLEETWRIGHT_URL: "http://127.0.0.1:1",
    FORGE_URL: forge,
    FORGE_API_URL: forge,
    FLEET_REPOSITORY: "acme/fleet",
    LOG_LEVEL: "debug",
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const own = services();
  await own.db.fleetRepository.create({ data: { fullName: "acme/fleet", config: { access } } });
  live();
  let forgeId = 0n;
  return {
    services: own,
    answer: (answer) => (current = answer),
    async person(login, forgeTeams, token) {
      forgeId += 1n;
      const { id: userId } = await own.db.user.create({
        data: { forgeId, login, forgeTeams, teamsReadAt: new Date() },
      });
      const accessToken = own.seal.close(`ghu_plantedAccess${login}0123456789`);
      const refreshToken = own.seal.close(`ghr_plantedRefresh${login}0123456789`);
      await own.db.account.create({
        data: { userId, provider: "forge", providerAccountId: String(forgeId), accessToken, refreshToken },
      });
      const expires = new Date(Date.now() + 3_600_000);
      await own.db.session.create({ data: { sessionToken: hashToken(token), userId, expires } });
      return { userId, token };
    },
    listen: (token) => listenAs(token),
    async close() {
      closeStreams();
      await live().close();
      await own.db.$disconnect();
      server.close();
      vi.unstubAllEnvs();
      await database.close();
    },
  };
}

async function listenAs(token: string) {
  const headers = { cookie: `next-auth.session-token=${token}` };
  const request = new Request("http://127.0.0.1:1/api/events", { headers });
  const findActor = actorOfSession(request);
  const actor = await findActor();
  if (!actor) throw new Error("nobody is signed in by this token");
  const { body } = openStream(live().hub, actor, { request, findActor });
  let text = "";
  const decoder = new TextDecoder();
  const ended = (async () => {
    for await (const chunk of body ?? []) text += decoder.decode(chunk);
  })();
  return { heard: () => text, ended };
}

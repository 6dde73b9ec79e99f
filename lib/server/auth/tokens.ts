import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { ForgeError } from "../../forge/forge.ts";
import type { Env } from "../env.ts";
import type { Seal } from "../seal.ts";

/** What the token exchange gives; `expires_in` is absent where the App's user tokens do not expire. */
interface TokenSet {
  provider?: string;
  providerAccountId?: string;
  access_token?: string | undefined;
  refresh_token?: string | undefined;
  expires_at?: number | undefined;
  refresh_token_expires_in?: unknown;
}

const refreshReply = z.union([
  z.object({ error: z.string() }),
  z.object({
    access_token: z.string(),
    refresh_token: z.string().optional(),
    expires_in: z.coerce.number().optional(),
    refresh_token_expires_in: z.coerce.number().optional(),
  }),
]);

const inSeconds = (seconds: unknown): Date | null => {
  const value = Number(seconds);
  return Number.isFinite(value) && value > 0 ? new Date(Date.now() + value * 1000) : null;
};

/** Replaces a person's forge tokens; called on every sign-in, since next-auth keeps the first pair for ever. */
export async function storeTokens(db: Db, seal: Seal, userId: string, tokens: TokenSet): Promise<void> {
  if (!tokens.access_token || !tokens.provider || !tokens.providerAccountId) {
    throw new Error("the forge sent no access token");
  }
  const data = {
    accessToken: seal.close(tokens.access_token),
    refreshToken: tokens.refresh_token ? seal.close(tokens.refresh_token) : null,
    expiresAt: tokens.expires_at ? new Date(tokens.expires_at * 1000) : null,
    refreshTokenExpiresAt: inSeconds(tokens.refresh_token_expires_in),
  };
  await db.account.upsert({
    where: { userId },
    create: { userId, provider: tokens.provider, providerAccountId: tokens.providerAccountId, ...data },
    update: data,
  });
}

/** What the forge's codes mean to a person (forge-reference §6). */
const reasons: Record<string, string> = {
  bad_refresh_token: "it expired or was revoked",
  incorrect_client_credentials: "the forge does not accept Fleetwright's own credentials",
  unverified_user_email: "your e-mail address is not verified there",
};

/** The person must sign in again: his grant is gone, revoked or too old. */
export class SignInAgain extends Error {
  constructor(reason: string) {
    super(`Your sign-in to the forge has ended (${reason}). Sign in again.`);
    this.name = "SignInAgain";
  }
}

async function refresh(env: Env, refreshToken: string) {
  const url = `${env.FORGE_URL}/login/oauth/access_token`;
  const response = await fetch(url, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify({
      client_id: env.GITHUB_CLIENT_ID,
      client_secret: env.GITHUB_CLIENT_SECRET,
      grant_type: "refresh_token",
      refresh_token: refreshToken,
    }),
    signal: AbortSignal.timeout(10_000),
  }).catch((cause: unknown) => {
    throw new ForgeError("unavailable", "The forge cannot be reached.", { status: 0, cause });
  });
  const { status } = response;
  if (status >= 500)
    throw new ForgeError("unavailable", `The forge is in trouble (${String(status)}).`, { status });
  // GitHub answers errors of this endpoint with 200 and `error`.
  const reply = refreshReply.parse(await response.json());
  // Its description is not passed on: it may repeat what was sent, the client's secret too.
  if ("error" in reply) throw new SignInAgain(reasons[reply.error] ?? "the forge refused to renew it");
  return reply;
}

/** Needs its refresh while a minute is left: nobody begins with a token that ends under his hands. */
const isFresh = (expiresAt: Date | null): boolean =>
  expiresAt === null || expiresAt.getTime() > Date.now() + 60_000;

/**
 * The person's own token, refreshed when it ends within a minute and sealed again after a rotation of keys. Both
 * under a lock on the row, in which it is read again: a refresh kills the old pair, so a refresh token spent twice,
 * by two requests or two processes, would sign the person out (forge-reference §6).
 */
export async function userToken(db: Db, seal: Seal, env: Env, userId: string): Promise<string> {
  const stored = await db.account.findUnique({ where: { userId } });
  if (!stored) throw new SignInAgain("no token is stored");
  if (isFresh(stored.expiresAt) && seal.isCurrent(stored.accessToken)) return seal.open(stored.accessToken);
  return db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Account" WHERE "userId" = ${userId}::uuid FOR UPDATE`;
      const row = await tx.account.findUnique({ where: { userId } });
      if (!row) throw new SignInAgain("no token is stored");
      const pair = isFresh(row.expiresAt) ? sealAgain(seal, row) : await refreshed(seal, env, row);
      await tx.account.update({ where: { userId }, data: pair });
      return seal.open(pair.accessToken);
    },
    { timeout: 15_000, maxWait: 15_000 },
  );
}

interface StoredPair {
  accessToken: string;
  refreshToken: string | null;
}

function sealAgain(seal: Seal, { accessToken, refreshToken }: StoredPair): StoredPair {
  return {
    accessToken: seal.close(seal.open(accessToken)),
    refreshToken: refreshToken === null ? null : seal.close(seal.open(refreshToken)),
  };
}

async function refreshed(seal: Seal, env: Env, row: StoredPair & { refreshTokenExpiresAt: Date | null }) {
  if (!row.refreshToken) throw new SignInAgain("the token has expired");
  const spent = seal.open(row.refreshToken);
  const fresh = await refresh(env, spent);
  return {
    accessToken: seal.close(fresh.access_token),
    refreshToken: seal.close(fresh.refresh_token ?? spent),
    expiresAt: inSeconds(fresh.expires_in),
    refreshTokenExpiresAt: inSeconds(fresh.refresh_token_expires_in) ?? row.refreshTokenExpiresAt,
  };
}

import type { AuthOptions } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import { localPath } from "../local-path.ts";
import { services } from "../services.ts";
import { authAdapter, type ForgeProfile } from "./adapter.ts";
import { ForgeAnswered } from "./forge-trouble.ts";
import { missingScopes, scopesFor } from "./missing-scopes.ts";
import { readTeamsAnew } from "./teams.ts";
import { storeTokens } from "./tokens.ts";

const profileSchema = z.object({
  id: z.number(),
  login: z.string(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  avatar_url: z.string().nullish(),
});
type Profile = z.infer<typeof profileSchema>;

type OnRefusal = (error: unknown) => void;

/** Who signs in, by the token just given. Throws {@link ForgeAnswered} for any answer but a profile. */
async function readProfile(apiUrl: string, token: unknown): Promise<Profile> {
  const response = await fetch(`${apiUrl}/user`, {
    headers: { authorization: `Bearer ${String(token)}`, "user-agent": "fleetwright" },
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new ForgeAnswered(response.status, "GET /user");
  return profileSchema.parse(await response.json());
}

/** GitHub, GitHub Enterprise or anything that speaks the same, by base URL. */
function forgeProvider(onRefusal: OnRefusal): OAuthConfig<Profile> {
  const { env } = services();
  return {
    id: "forge",
    name: env.FORGE_NAME,
    type: "oauth",
    clientId: env.GITHUB_CLIENT_ID,
    clientSecret: env.GITHUB_CLIENT_SECRET,
    checks: ["pkce", "state"],
    authorization: {
      url: `${env.FORGE_URL}/login/oauth/authorize`,
      params: { scope: scopesFor(env.GITHUB_APP_ID), prompt: "select_account" },
    },
    token: {
      url: `${env.FORGE_URL}/login/oauth/access_token`,
      // What next-auth does without it; but the reason of a failure is its secret.
      async request({ client, provider, params, checks }) {
        return {
          tokens: await telling(onRefusal, client.oauthCallback(provider.callbackUrl, params, checks)),
        };
      },
    },
    userinfo: {
      url: `${env.FORGE_API_URL}/user`,
      // next-auth types the answer as an OIDC profile; ours is the forge's own, read back in `profile`.
      request: async ({ tokens }) =>
        (await telling(onRefusal, readProfile(env.FORGE_API_URL, tokens.access_token))) as never,
    },
    httpOptions: { timeout: 10_000 },
    profile(
      profile,
    ): { id: string; name: string; email: string | null; image: string | null } & ForgeProfile {
      return {
        id: String(profile.id),
        forgeId: String(profile.id),
        login: profile.login,
        name: profile.name ?? profile.login,
        email: profile.email ?? null,
        image: profile.avatar_url ?? null,
      };
    },
  };
}

async function telling<T>(onRefusal: OnRefusal, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    onRefusal(error);
    throw error;
  }
}

/**
 * Built per call: the environment is not there at build time. `onRefusal` hears why the forge did not say who signs
 * in; next-auth itself has one word for every such failure.
 */
export function authOptions(onRefusal: OnRefusal = () => undefined): AuthOptions {
  const { env, db, seal, log } = services();
  return {
    adapter: authAdapter(db, seal),
    secret: env.FLEETWRIGHT_SECRET,
    session: { strategy: "database", maxAge: 8 * 3600, updateAge: 15 * 60 },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [forgeProvider(onRefusal)],
    callbacks: {
      signIn: ({ account }) =>
        missingScopes(account?.scope, env.GITHUB_APP_ID).length === 0 || "/sign-in?error=MissingScope",
      session: ({ session, user }) => ({ ...session, userId: user.id }),
      redirect: ({ url }) => env.FLEETWRIGHT_URL + localPath(url, env.FLEETWRIGHT_URL),
    },
    events: {
      async signIn({ user, account, profile }) {
        if (!account) return;
        await storeTokens(db, seal, user.id, account);
        const fresh = profileSchema.safeParse(profile);
        if (fresh.success) {
          const { login, name, avatar_url } = fresh.data;
          await db.user.update({
            where: { id: user.id },
            data: { login, name: name ?? login, image: avatar_url ?? null },
          });
        }
        // Who may come in but has to sign on to his organisation first is told so inside.
        await readTeamsAnew(user.id).catch((error: unknown) => {
          log.warn({ err: error, userId: user.id }, "could not read the teams of a person who signed in");
        });
        log.info({ login: fresh.success ? fresh.data.login : user.name }, "signed in");
      },
    },
    logger: {
      error: (code, meta) => {
        log.error(
          { code, err: meta instanceof Error ? meta : "error" in meta ? meta.error : undefined },
          "next-auth",
        );
      },
      warn: (code) => {
        log.warn({ code }, "next-auth");
      },
      debug: () => undefined,
    },
  };
}

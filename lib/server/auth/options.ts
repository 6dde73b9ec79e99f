import type { AuthOptions } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import { localPath } from "../local-path.ts";
import { services } from "../services.ts";
import { authAdapter, type ForgeProfile } from "./adapter.ts";
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

/** GitHub, GitHub Enterprise or anything that speaks the same, by base URL. */
function forgeProvider(): OAuthConfig<Profile> {
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
    token: `${env.FORGE_URL}/login/oauth/access_token`,
    userinfo: {
      url: `${env.FORGE_API_URL}/user`,
      // next-auth types the answer as an OIDC profile; ours is the forge's own, read back in `profile`.
      async request({ tokens }) {
        const response = await fetch(`${env.FORGE_API_URL}/user`, {
          headers: { authorization: `Bearer ${String(tokens.access_token)}`, "user-agent": "fleetwright" },
          signal: AbortSignal.timeout(10_000),
        });
        if (!response.ok) throw new Error(`the forge answered ${String(response.status)} to GET /user`);
        return profileSchema.parse(await response.json()) as never;
      },
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

/** Built per call: the environment is not there at build time. */
export function authOptions(): AuthOptions {
  const { env, db, seal, log } = services();
  return {
    adapter: authAdapter(db, seal),
    secret: env.FLEETWRIGHT_SECRET,
    session: { strategy: "database", maxAge: 8 * 3600, updateAge: 15 * 60 },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [forgeProvider()],
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

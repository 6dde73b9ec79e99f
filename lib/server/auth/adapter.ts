import type { Adapter, AdapterAccount, AdapterUser } from "next-auth/adapters";
import type { Db } from "../../db/client.ts";
import { revokeSessions } from "../../db/sessions.ts";
import { hashToken, type Seal } from "../seal.ts";
import { storeTokens } from "./tokens.ts";

interface UserRow {
  id: string;
  name: string | null;
  login: string;
  email: string | null;
  image: string | null;
}

const asAdapterUser = (row: UserRow): AdapterUser => ({
  id: row.id,
  name: row.name ?? row.login,
  email: row.email ?? "",
  image: row.image,
  emailVerified: null,
});

/** The part of the profile that the provider adds beside next-auth's own fields. */
export interface ForgeProfile {
  forgeId: string;
  login: string;
}

/**
 * Database sessions over our own tables. People are keyed by the forge's user id, never by e-mail or login; session
 * tokens are stored hashed and forge tokens sealed.
 */
export function authAdapter(db: Db, seal: Seal): Adapter {
  return {
    async createUser(user: Omit<AdapterUser, "id">) {
      const profile = user as typeof user & Partial<ForgeProfile>;
      if (!profile.forgeId || !profile.login) throw new Error("the forge sent no user id");
      const data = {
        login: profile.login,
        name: user.name ?? null,
        email: user.email === "" ? null : user.email,
        image: user.image ?? null,
      };
      const row = await db.user.upsert({
        where: { forgeId: BigInt(profile.forgeId) },
        create: { forgeId: BigInt(profile.forgeId), ...data },
        update: data,
      });
      return asAdapterUser(row);
    },
    async getUser(id) {
      const row = await db.user.findUnique({ where: { id } });
      return row ? asAdapterUser(row) : null;
    },
    getUserByEmail: () => Promise.resolve(null),
    async getUserByAccount({ provider, providerAccountId }) {
      const row = await db.account.findUnique({
        where: { provider_providerAccountId: { provider, providerAccountId } },
        include: { user: true },
      });
      return row ? asAdapterUser(row.user) : null;
    },
    async updateUser(user) {
      const row = await db.user.update({ where: { id: user.id }, data: { name: user.name ?? null } });
      return asAdapterUser(row);
    },
    async linkAccount(account: AdapterAccount) {
      await storeTokens(db, seal, account.userId, account);
    },
    async createSession({ sessionToken, userId, expires }) {
      await db.session.create({ data: { sessionToken: hashToken(sessionToken), userId, expires } });
      return { sessionToken, userId, expires };
    },
    async getSessionAndUser(sessionToken) {
      const row = await db.session.findUnique({
        where: { sessionToken: hashToken(sessionToken) },
        include: { user: true },
      });
      if (!row) return null;
      return {
        session: { sessionToken, userId: row.userId, expires: row.expires },
        user: asAdapterUser(row.user),
      };
    },
    async updateSession({ sessionToken, expires }) {
      if (!expires) return null;
      await db.session.updateMany({ where: { sessionToken: hashToken(sessionToken) }, data: { expires } });
      return null;
    },
    async deleteSession(sessionToken) {
      await revokeSessions(db, { sessionToken: hashToken(sessionToken) });
    },
  };
}

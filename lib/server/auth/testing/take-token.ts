/** One process that asks for a person's token and prints it: node take-token.ts DATABASE_URL FORGE_URL SECRET USER */
import { openDb } from "../../../db/client.ts";
import { parseEnv } from "../../env.ts";
import { openSeal } from "../../seal.ts";
import { userToken } from "../tokens.ts";

const [databaseUrl = "", forgeUrl = "", secret = "", userId = ""] = process.argv.slice(2);
const env = parseEnv({
  DATABASE_URL: databaseUrl,
  FLEETWRIGHT_URL: "http://127.0.0.1:1",
  FLEETWRIGHT_SECRET: secret,
  FORGE_URL: forgeUrl,
  FLEET_REPOSITORY: "acme/fleet",
  GITHUB_CLIENT_ID: "id",
  GITHUB_CLIENT_SECRET: "secret",
  FORGE_TOKEN: "token",
});
const db = openDb(databaseUrl);
process.stdout.write(await userToken(db, openSeal(secret), env, userId));
await db.$disconnect();

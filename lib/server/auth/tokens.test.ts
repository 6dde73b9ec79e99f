import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "../../../sandbox/testing/postgres.ts";
import { openDb, type Db } from "../../db/client.ts";
import { parseEnv, type Env } from "../env.ts";
import { openSeal } from "../seal.ts";
import { SignInAgain, userToken } from "./tokens.ts";

const secret = "s".repeat(32);
const seal = openSeal(secret);
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
let server: Server;
let env: Env;
let userId: string;
/** The refresh token the forge would take next, and every one it was sent. */
let alive = "ghr_0";
let spent: string[] = [];
let status = 200;

function answer(body: string): Record<string, unknown> {
  const { refresh_token } = JSON.parse(body) as { refresh_token: string };
  spent.push(refresh_token);
  if (refresh_token !== alive) return { error: "bad_refresh_token" };
  alive = `ghr_${String(spent.length)}`;
  return { access_token: `ghu_${String(spent.length)}`, refresh_token: alive, expires_in: 28_800 };
}

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(status === 200 ? JSON.stringify(answer(body)) : "<html>unicorn</html>");
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  env = parseEnv({
    DATABASE_URL: database.url,
    FLEETWRIGHT_URL: "http://127.0.0.1:1",
    FLEETWRIGHT_SECRET: secret,
    FORGE_URL: `http://127.0.0.1:${String(typeof address === "object" && address ? address.port : 0)}`,
    FLEET_REPOSITORY: "acme/fleet",
    GITHUB_CLIENT_ID: "id",
    GITHUB_CLIENT_SECRET: "secret",
    FORGE_TOKEN: "token",
  });
  ({ id: userId } = await db.user.create({ data: { forgeId: 1n, login: "lena.k" } }));
});

afterAll(async () => {
  server.close();
  await db.$disconnect();
  await database.close();
});

beforeEach(async () => {
  [alive, spent, status] = ["ghr_0", [], 200];
  const data = {
    accessToken: seal.close("ghu_0"),
    refreshToken: seal.close("ghr_0"),
    expiresAt: new Date(Date.now() - 1_000),
  };
  await db.account.upsert({
    where: { userId },
    create: { userId, provider: "forge", providerAccountId: "1", ...data },
    update: data,
  });
});

test("requests at once of three processes spend a refresh token once and get one pair", async () => {
  const script = fileURLToPath(new URL("./testing/take-token.ts", import.meta.url));
  const other = (): Promise<string> =>
    promisify(execFile)(process.execPath, [script, database.url, env.FORGE_URL, secret, userId]).then(
      ({ stdout }) => stdout,
    );
  const own = Array.from({ length: 8 }, () => userToken(db, seal, env, userId));
  const tokens = await Promise.all([...own, other(), other()]);
  expect(new Set(tokens)).toEqual(new Set(["ghu_1"]));
  expect(spent).toEqual(["ghr_0"]);
});

test("a token that holds is handed out without asking or waiting for anybody", async () => {
  await db.account.update({ where: { userId }, data: { expiresAt: new Date(Date.now() + 3_600_000) } });
  expect(await userToken(db, seal, env, userId)).toBe("ghu_0");
  expect(spent).toEqual([]);
});

test("after a rotation both tokens are sealed again at the next use", async () => {
  await db.account.update({ where: { userId }, data: { expiresAt: null } });
  const rotated = openSeal("n".repeat(32), [secret]);
  expect(await userToken(db, rotated, env, userId)).toBe("ghu_0");
  const row = await db.account.findUniqueOrThrow({ where: { userId } });
  expect([row.accessToken, row.refreshToken ?? ""].map((one) => rotated.isCurrent(one))).toEqual([
    true,
    true,
  ]);
  expect(openSeal("n".repeat(32)).open(row.refreshToken ?? "")).toBe("ghr_0");
});

test("a refresh token the forge no longer takes means: sign in again", async () => {
  alive = "another";
  await expect(userToken(db, seal, env, userId)).rejects.toThrow(SignInAgain);
});

test("a forge in trouble signs nobody out, and the refresh token is kept", async () => {
  status = 502;
  await expect(userToken(db, seal, env, userId)).rejects.toThrow("The forge is in trouble (502).");
  status = 200;
  expect(await userToken(db, seal, env, userId)).toBe("ghu_1");
});

test("neither token stands readable in the database", async () => {
  await userToken(db, seal, env, userId);
  expect(JSON.stringify(await db.account.findMany())).not.toMatch(/gh[ur]_/);
});

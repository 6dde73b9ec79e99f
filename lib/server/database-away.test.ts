import type * as NextAuth from "next-auth";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { viewResponse } from "./api.ts";
import { databaseAwayDigest } from "./database-away.ts";
import { currentActor } from "./session.ts";

/** What the browser of the test sends. */
let cookies: Record<string, string> = {};

// Next's request is not there in a test: next-auth is handed one, and does the rest itself.
vi.mock("next-auth", async (original) => {
  const real = await original<typeof NextAuth>();
  const response = { getHeader: () => undefined, setCookie: () => undefined, setHeader: () => undefined };
  return {
    ...real,
    getServerSession: (options: never) =>
      real.getServerSession({ headers: {}, cookies } as never, response as never, options),
  };
});

beforeEach(() => {
  const env = {
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/away",
    FLEETWRIGHT_URL: "http://127.0.0.1:1",
    FLEETWRIGHT_SECRET: "0123456789012345678901234567890123456789",
    GITHUB_CLIENT_ID: "client",
    GITHUB_CLIENT_SECRET: "secret",
    FORGE_TOKEN: "token",
    FLEET_REPOSITORY: "acme/fleet",
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test("who is signed in is not taken for signed out while the database is away", async () => {
  cookies = { "next-auth.session-token": "hers" };
  await expect(currentActor()).rejects.toMatchObject({ digest: databaseAwayDigest });
});

test("the API answers 503 then, which signs nobody out", async () => {
  cookies = { "next-auth.session-token": "hers" };
  const response = await viewResponse(() => Promise.resolve({}));
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ message: expect.stringContaining("database") as string });
});

test("who has no cookie is signed out, database or not", async () => {
  cookies = {};
  expect(await currentActor()).toBeNull();
});

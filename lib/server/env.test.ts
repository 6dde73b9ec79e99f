import { expect, test } from "vitest";
import { parseEnv } from "./env.ts";

const good = {
  DATABASE_URL: "postgresql://localhost/fleetwright",
  FLEETWRIGHT_URL: "https://fleet.example.com/",
  FLEETWRIGHT_SECRET: "s".repeat(32),
  FLEET_REPOSITORY: "acme/fleet",
  GITHUB_CLIENT_ID: "id",
  GITHUB_CLIENT_SECRET: "very-secret-value",
  FORGE_TOKEN: "token",
};

test("defaults are GitHub and the engine inside, without trailing slashes", () => {
  const env = parseEnv(good);
  expect(env).toMatchObject({
    FLEETWRIGHT_URL: "https://fleet.example.com",
    FORGE_API_URL: "https://api.github.com",
    FLEETWRIGHT_ENGINE: true,
    WORKLOAD_ACCESS: "token",
  });
});

test.each([
  ["DATABASE_URL", { DATABASE_URL: "" }],
  ["FLEET_REPOSITORY", { FLEET_REPOSITORY: "acme" }],
  ["FLEETWRIGHT_SECRET", { FLEETWRIGHT_SECRET: "short" }],
  ["FORGE_API_URL", { FORGE_API_URL: "not a url" }],
  ["GITHUB_APP_PRIVATE_KEY", { GITHUB_APP_ID: "7" }],
  ["FORGE_TOKEN", { FORGE_TOKEN: "" }],
])("a wrong %s is named, and no value is shown", (name, change) => {
  expect(() => parseEnv({ ...good, ...change })).toThrow(name);
  expect(() => parseEnv({ ...good, ...change, DATABASE_URL: "" })).not.toThrow("very-secret-value");
});

test("all that is wrong is said at once", () => {
  expect(() => parseEnv({})).toThrow(/DATABASE_URL[\s\S]*FLEETWRIGHT_URL[\s\S]*FLEET_REPOSITORY/);
});

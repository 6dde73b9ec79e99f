import { rmSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { makeTempDir, staleTempDirs } from "../../lib/kustomize/temp-dir.ts";
import { applyMigrations } from "../../scripts/schema-engine.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { stopLeftoverPostgres } from "./postmaster.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A server whose database `fleetwright_template` is migrated and empty. */
    postgresUrl: string;
  }
}

/** One Postgres for the whole run (DATABASE_URL's server where set); tests copy its migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env["DATABASE_URL"];
  for (const left of staleTempDirs("postgres")) await stopLeftoverPostgres(join(left, "data"));
  const dir = makeTempDir("postgres");
  const server = given ? null : await startEmbeddedPostgres({ dir: join(dir, "data"), durable: false });
  const url = server?.url ?? given ?? "";
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("DROP DATABASE IF EXISTS fleetwright_template");
  await client.query("CREATE DATABASE fleetwright_template");
  await client.end();
  const template = new URL(url);
  template.pathname = "/fleetwright_template";
  await applyMigrations(template.href);
  project.provide("postgresUrl", url);
  return async () => {
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}

import { join } from "node:path";
import { Client } from "pg";
import { startEmbeddedPostgres } from "../../sandbox/testing/embedded-postgres.ts";
import { applyMigrations } from "../schema-engine.ts";

export interface Database {
  url: string;
  stop(): Promise<void>;
}

/** Where the embedded server of a stack keeps its data. */
export const dataDirOf = (dir: string): string => join(dir, "postgres/data");

/** DATABASE_URL's database, or an embedded server with one below `dir`; migrated either way. */
export async function openDatabase(options: {
  dir: string;
  port: number;
  durable: boolean;
  onLog: (line: string) => void;
}): Promise<Database> {
  const given = process.env["DATABASE_URL"];
  if (given) {
    await applyMigrations(given);
    return { url: given, stop: () => Promise.resolve() };
  }
  const server = await startEmbeddedPostgres({ ...options, dir: dataDirOf(options.dir) });
  try {
    const client = new Client({ connectionString: server.url });
    await client.connect();
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'fleetwright'");
    if (found.rowCount === 0) await client.query("CREATE DATABASE fleetwright");
    await client.end();
    const url = new URL(server.url);
    url.pathname = "/fleetwright";
    await applyMigrations(url.href);
    return { url: url.href, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

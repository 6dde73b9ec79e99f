import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A fresh, migrated, empty database for one test file; `close` drops it, cutting whoever is still connected. */
export async function testDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const server = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await query(server, `CREATE DATABASE ${name} TEMPLATE fleetwright_template`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, close: () => query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
